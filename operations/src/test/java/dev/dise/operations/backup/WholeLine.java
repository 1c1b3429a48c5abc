package dev.dise.operations.backup;

import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.embedding.Embedders;
import dev.dise.pg.PgSinkService;
import dev.dise.rag.RagSinkService;
import dev.dise.router.RouterService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.schemas.Event;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Three servers, and the services of the line, which start and stop one by one. */
final class WholeLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgreSql postgres;
    private final EmbeddedQdrant qdrant;
    private final DiseConfig config;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, Service> running = new HashMap<>();

    private WholeLine(
            Path folder, EmbeddedKafka kafka, EmbeddedPostgreSql postgres, EmbeddedQdrant qdrant, int partitions)
            throws IOException {
        this.folder = folder;
        this.kafka = kafka;
        this.postgres = postgres;
        this.qdrant = qdrant;
        Path file = Files.writeString(folder.resolve("config.yaml"), settings(partitions));
        this.config = DiseConfig.load(file, Map.of());
        this.producer = new KafkaClients(config.kafka()).producer("test");
    }

    /** The servers alone, without a topic or a table. */
    static WholeLine start(Path folder, int partitions) throws IOException {
        Files.createDirectories(folder);
        return new WholeLine(
                folder,
                EmbeddedKafka.start(folder.resolve("kafka"), 0),
                EmbeddedPostgreSql.start(folder.resolve("postgres"), 0, Durability.NO_FSYNC),
                EmbeddedQdrant.start(folder.resolve("qdrant"), 0),
                partitions);
    }

    private String settings(int partitions) {
        return """
                kafka: {bootstrap_servers: "%1$s", partitions: %2$d, replication_factor: 1}
                database:
                  {host: %3$s, port: %4$d, database: %5$s, user: %6$s, password: %7$s,
                   owner: {user: %8$s, password: %7$s}, reader: {user: %9$s, password: %7$s},
                   tables: {tool_logs: {retention: 30d}}, archive: {target: "%10$s"}}
                rag: {qdrant: {host: 127.0.0.1, grpc_port: %11$d}, embedding: {provider: hash}}
                """.formatted(
                        kafka.bootstrapServers(),
                        partitions,
                        postgres.host(),
                        postgres.port(),
                        postgres.database(),
                        postgres.writer(),
                        postgres.password(),
                        postgres.user(),
                        postgres.reader(),
                        folder.resolve("archive"),
                        qdrant.port());
    }

    DiseConfig config() {
        return config;
    }

    KafkaClients clients() {
        return new KafkaClients(config.kafka());
    }

    void startAll() {
        TopicSetup.ensure(config.kafka());
        startRouter();
        startPostgres();
        startQdrant();
    }

    void startRouter() {
        running.put("router", RouterService.start(config, folder.resolve("streams"), new Health(), new Metrics()));
    }

    /** Returns once its keeper has been at the tables: it comes again in ten minutes only. */
    void startPostgres() {
        Health health = new Health();
        running.put("postgres", PgSinkService.start(config, health, new Metrics()));
        await().atMost(PATIENCE).until(() -> health.parts().containsKey("pg-keeper"));
    }

    void startQdrant() {
        running.put(
                "qdrant",
                RagSinkService.start(
                        config,
                        Embedders.from(config.rag().embedding()),
                        folder.resolve("rag-sink"),
                        new Health(),
                        new Metrics()));
    }

    void stop(String service) {
        Objects.requireNonNull(running.remove(service)).close();
    }

    void stopAll() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }

    /** Puts events in, and returns when Kafka has them. */
    void send(Topic topic, List<Event> events) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        events.forEach(event -> sent.add(producer.send(EventDeliveries.toSend(topic.topicName(), event))));
        for (Future<?> acknowledgement : sent) {
            acknowledgement.get();
        }
    }

    /** A record that no store can take: the PostgreSQL side makes a dead letter of it. */
    void sendPoison() throws Exception {
        producer.send(new ProducerRecord<>(Topic.BULK.topicName(), "garbage".getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    /** Returns when nothing waits anywhere. */
    void awaitDrained() {
        try (Line line = new Line(config)) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(line::isDrained);
        }
    }

    /** The first column of an answer, as the owner of the tables. */
    List<String> query(String sql) throws SQLException {
        var owner = config.database().logins().owner();
        try (Connection connection = DriverManager.getConnection(
                        config.database().jdbcUrl(),
                        owner.user(),
                        owner.password().value());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() {
        stopAll();
        producer.close();
        qdrant.close();
        postgres.close();
        kafka.close();
    }
}
