package dev.dise.localdev;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.config.DiseConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.qdrant.QdrantContainer;

/** The line on the servers of the compose file; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class ContainersLineIT extends LineContract {
    @Container
    private static final KafkaContainer KAFKA = kafka();

    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer(ComposeImages.of("postgres"))
            .withDatabaseName("dise_data")
            .withUsername("dise")
            .withPassword("dise123");

    @Container
    private static final QdrantContainer QDRANT = new QdrantContainer(ComposeImages.of("qdrant"));

    private static @Nullable DiseConfig config;
    private static @Nullable Services services;

    @BeforeAll
    static void start(@TempDir Path folder) {
        DiseConfig read = TestStacks.load(folder, """
                kafka: {bootstrap_servers: "%s", partitions: 3, replication_factor: 1}
                database: {host: "%s", port: %d, user: dise, password: dise123}
                rag: {qdrant: {host: "%s", grpc_port: %d}, embedding: {provider: hash}}
                gateway: {port: 0}
                query: {port: 0}
                """.formatted(
                        KAFKA.getBootstrapServers(),
                        POSTGRES.getHost(),
                        POSTGRES.getMappedPort(5432),
                        QDRANT.getHost(),
                        QDRANT.getGrpcPort()));
        config = read;
        services = Services.start(
                read,
                CompletableFuture.completedFuture(Embedders.from(read.rag().embedding())),
                folder.resolve("streams"));
    }

    @AfterAll
    static void stop() {
        services().close();
    }

    @Override
    protected DiseConfig config() {
        return Objects.requireNonNull(config);
    }

    @Override
    protected URI gatewayAddress() {
        return URI.create("http://127.0.0.1:" + services().gatewayPort());
    }

    @Override
    protected URI queryAddress() {
        return URI.create("http://127.0.0.1:" + services().queryPort());
    }

    private static Services services() {
        return Objects.requireNonNull(services);
    }

    private static KafkaContainer kafka() {
        KafkaContainer kafka = new KafkaContainer(ComposeImages.of("kafka"));
        List.of("KAFKA_MESSAGE_MAX_BYTES", "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS")
                .forEach(name -> kafka.withEnv(name, ComposeImages.environment("kafka", name)));
        return kafka;
    }
}
