package dev.dise.pg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgSinkServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int EVENTS = 3_000;
    /** One for each partition. */
    private static final int WORKERS = 3;

    private static KafkaStack kafka;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startKafka(@TempDir Path directory) {
        kafka = KafkaStack.start(directory, 3);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void anOutageOfPostgreSqlCostsTimeAndNothingElse() throws Exception {
        EmbeddedPostgreSql postgres = start(0);
        int port = postgres.port();
        Health health = new Health();
        try (PgSinkService service = PgSinkService.start(config(postgres, 1, WORKERS), health, new Metrics())) {
            kafka.send(Topic.BULK, logs(0, EVENTS / 2));
            kafka.sendRaw(List.of(new ProducerRecord<>(Topic.BULK.topicName(), null, "garbage".getBytes(UTF_8))));
            EmbeddedPostgreSql first = postgres;
            await().atMost(PATIENCE).until(() -> count(first, "tool_logs") > 0);
            kill(folder);
            kafka.send(Topic.BULK, logs(EVENTS / 2, EVENTS));
            kafka.send(Topic.BULK, bugs());
            await().atMost(PATIENCE).until(() -> isWaiting(health));
            assertThat(health.isLive()).isTrue();
            postgres.close();
            postgres = start(port);
            EmbeddedPostgreSql second = postgres;
            await().atMost(PATIENCE)
                    .until(() -> count(second, "tool_logs") == EVENTS && count(second, "tool_bugs") == 5);
            await().atMost(PATIENCE).until(health::isReady);
            assertThat(number(second, "SELECT count(DISTINCT message) FROM tool_logs"))
                    .isEqualTo(EVENTS);
            assertThat(number(second, "SELECT sum(occurrences) FROM tool_bugs")).isEqualTo(50);
            assertThat(number(second, "SELECT sum(next_offset) FROM dise_g1.sink_offsets"))
                    .isEqualTo(kafka.read(Topic.BULK).size());
            // A worker that joins while a batch is under way makes its letter again: it names the same record.
            assertThat(kafka.deadLetters()).isNotEmpty().allSatisfy(letter -> {
                assertThat(letter.value()).isEqualTo("garbage".getBytes(UTF_8));
                assertThat(letter.header("dlq.stage")).isEqualTo("pg-sink");
            });
            assertThat(kafka.deadLetters())
                    .extracting(letter -> letter.header("dlq.partition") + "@" + letter.header("dlq.offset"))
                    .containsOnly(kafka.deadLetters().get(0).header("dlq.partition") + "@"
                            + kafka.deadLetters().get(0).header("dlq.offset"));
            assertThat(service.ended()).isNotDone();
        } finally {
            postgres.close();
        }
    }

    @Test
    void theConfigNamesTheFirstGenerationOfANewDatabaseAndNoOther() throws Exception {
        kafka.send(Topic.BULK, bugs());
        long bugs = kafka.read(Topic.BULK).stream()
                .filter(record -> "dise.bug_report.v1".equals(record.header("ce_type")))
                .count();
        try (EmbeddedPostgreSql postgres = start(0)) {
            for (int generation : List.of(3, 4)) {
                DiseConfig config = config(postgres, generation, 1);
                try (PgSinkService service = PgSinkService.start(config, new Health(), new Metrics())) {
                    await().atMost(PATIENCE)
                            .until(() -> number(postgres, "SELECT coalesce(sum(occurrences), 0) FROM dise_g3.tool_bugs")
                                    == bugs);
                    assertThat(service.ended()).isNotDone();
                }
            }
            assertThat(number(postgres, "SELECT count(*) FROM dise.generations WHERE state = 'live' AND number = 3"))
                    .isOne();
            assertThat(number(postgres, "SELECT count(*) FROM pg_namespace WHERE nspname = 'dise_g4'"))
                    .isZero();
        }
    }

    private static boolean isWaiting(Health health) {
        return health.parts().values().stream().anyMatch(report -> report.state() == Health.State.WAITING);
    }

    private EmbeddedPostgreSql start(int port) {
        return EmbeddedPostgreSql.start(folder, port, Durability.NO_FSYNC);
    }

    /** Ends the server at once, as a power cut of the process would: no session is told. */
    private static void kill(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid"));
        long pid = Long.parseLong(lines.get(0).strip());
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start();
    }

    private static DiseConfig config(EmbeddedPostgreSql postgres, int generation, int workers) {
        DiseConfig config = DiseConfig.defaults()
                .at(new DiseConfig.Addresses(
                        kafka.config().bootstrapServers(), postgres.port(), PgStack.logins(postgres), 1, 0, 0));
        var database = config.database();
        return new DiseConfig(
                kafka.config(),
                new DatabaseConfig(
                        true,
                        database.type(),
                        database.host(),
                        database.port(),
                        database.database(),
                        database.logins(),
                        database.migrate(),
                        0,
                        workers,
                        generation,
                        100,
                        workers,
                        database.statementTimeout(),
                        database.storage(),
                        database.keeping()),
                config.rag(),
                config.gateway(),
                config.router(),
                config.pgSink(),
                config.ragSink(),
                config.query());
    }

    private static List<Event> logs(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Event.of(
                        "log-" + i,
                        "urn:dise:test",
                        Instant.now(),
                        Log.of("tool-" + i % 11, LogLevel.INFO, "number " + i)))
                .toList();
    }

    private static List<Event> bugs() {
        List<Event> bugs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bugs.add(Event.of("urn:dise:test", BugReport.of("bug-" + i % 5, "tool", Severity.LOW, "again")));
        }
        return bugs;
    }

    private static long count(EmbeddedPostgreSql postgres, String table) throws SQLException {
        return number(postgres, "SELECT count(*) FROM " + table);
    }

    private static long number(EmbeddedPostgreSql postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
