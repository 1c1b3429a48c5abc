package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Whether a service looks after its tables; nothing of this needs Kafka. */
class PgSinkKeeperIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private EmbeddedPostgreSql postgres;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void startPostgreSql(@TempDir Path directory) {
        postgres = EmbeddedPostgreSql.start(directory, 0, Durability.NO_FSYNC);
    }

    @AfterEach
    void stopPostgreSql() {
        postgres.close();
    }

    @Test
    void aServiceLooksAfterItsTables() throws IOException {
        DiseConfig config = config("owner: {user: dise, password: dise123}");
        Health health = new Health();
        try (PgSinkService service = PgSinkService.start(config, health, new Metrics())) {
            assertThat(service.ended()).isNotDone();
            await().atMost(PATIENCE).until(() -> health.parts().containsKey("pg-keeper"));
        }
        assertThat(partitions()).isEqualTo(16);
        assertThat(hasKeeper()).isFalse();
    }

    @Test
    void aServiceWithoutTheLoginOfTheOwnerLeavesThemToWhoHasIt() throws IOException {
        PgSinkService.migrate(config("owner: {user: dise, password: dise123}").database());
        Health health = new Health();
        try (PgSinkService service = PgSinkService.start(config("migrate: validate"), health, new Metrics())) {
            assertThat(service.ended()).isNotDone();
            assertThat(hasKeeper()).isFalse();
        }
        assertThat(health.parts()).doesNotContainKey("pg-keeper");
        assertThat(partitions()).isZero();
        assertThat(PgSinkService.maintenance(
                                config("owner: {user: dise, password: dise123}").database())
                        .pass()
                        .failures())
                .isEmpty();
        assertThat(partitions()).isEqualTo(16);
    }

    private DiseConfig config(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                kafka: {bootstrap_servers: "127.0.0.1:1"}
                database:
                  host: 127.0.0.1
                  port: %d
                  user: dise_writer
                  password: dise123
                  %s
                """.formatted(postgres.port(), more));
        return DiseConfig.load(file, Map.of());
    }

    private long partitions() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(postgres.jdbcUrl());
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        return PgStack.query(source, "SELECT * FROM dise_g1.partition_days").size();
    }

    private static boolean hasKeeper() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("pg-keeper"));
    }
}
