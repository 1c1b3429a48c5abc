package dev.dise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.PointIds;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.Performance;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whether everything is where it belongs, as a person asks it, on the whole line. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyCommandsIT {
    @SuppressWarnings("TimeInStaticInitializer") // the times of the events are of this run
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static final int TOOLS = 30;
    private static final int LOGS = 100;

    @TempDir
    private static Path folder = Path.of("");

    private static Path config = Path.of("");
    private static LocalStack stack;
    private static KafkaClients kafka;
    private static Producer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        config = Files.writeString(folder.resolve("config.yaml"), """
                rag: {embedding: {provider: hash}}
                database: {storage_strategy: {store_generated_tools: false}}
                """);
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
        kafka = new KafkaClients(stack.config().kafka());
        producer = kafka.producer("verify-test");
        sendHistory();
        awaitDrained();
    }

    @AfterAll
    static void stop() {
        producer.close();
        stack.close();
    }

    @Test
    @Order(1)
    void theBooksBalance() {
        JsonNode total = ledger(ExitCodes.OK, "--by", "type").path("total");
        // Two versions of a bug, the later first; two of a tool, and its end; a log line twice; two kinds of garbage.
        assertThat(total.path("accepted").asInt()).isEqualTo(TOOLS + LOGS + 1 + 2 + 3 + 2 + 2);
        assertThat(total.path("superseded").asInt()).isEqualTo(1 + 2);
        assertThat(total.path("repeated").asInt()).isOne();
        assertThat(total.path("dead_lettered").asInt()).isEqualTo(2);
        assertThat(total.path("stored").asInt()).isEqualTo(TOOLS + LOGS + 1 + 1 + 1);
        assertThat(total.path("difference").asInt()).isZero();
        assertThat(run(ExitCodes.OK, "ledger", "--by", "minute").out()).contains("difference 0");
    }

    @Test
    @Order(2)
    void fivePointsAndOneRowAreNamedAndMended() throws Exception {
        assertThat(run(ExitCodes.OK, "verify").out()).contains("nothing is missing");
        try (QdrantClient qdrant = new QdrantClient(QdrantGrpcClient.newBuilder(
                        "127.0.0.1", stack.config().rag().qdrant().grpcPort(), false)
                .build())) {
            qdrant.deleteAsync(
                            "dise-artifacts",
                            IntStream.range(0, 5)
                                    .mapToObj(i -> PointIdFactory.id(PointIds.pointId(EventType.TOOL, "tool-" + i)))
                                    .toList())
                    .get();
        }
        sql("UPDATE dise_g1.tool_logs SET message = 'edited' WHERE message = 'line 7'");

        CommandRun found = run(ExitCodes.FAILED, "verify");
        assertThat(found.out()).contains("6 found; --repair mends them").contains("message");
        JsonNode report = run(ExitCodes.FAILED, "verify", "--output", "json").json();
        assertThat(report.path("comparisons")
                        .valueStream()
                        .map(comparison -> comparison.path("counts").toString()))
                .containsExactly("{}", "{\"different\":1}", "{\"missing\":5}");
        assertThat(ledger(ExitCodes.FAILED).path("total").path("difference").asInt())
                .isEqualTo(5);

        assertThat(run(ExitCodes.OK, "verify", "--repair").out()).contains("6 found, 6 mended");
        assertThat(run(ExitCodes.OK, "verify").out()).contains("nothing is missing");
        assertThat(run(ExitCodes.USAGE, "verify", "--since", "soon").err()).contains("--since must be");
    }

    @Test
    @Order(3)
    void whatWaitsForASinkIsInFlight() throws Exception {
        try (Connection other = connect()) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                // The sink moves its offsets first, and waits here.
                statement.execute("LOCK TABLE dise_g1.sink_offsets IN EXCLUSIVE MODE");
            }
            send(event(Log.of("t", LogLevel.INFO, "waits")), event(Log.of("t", LogLevel.INFO, "waits too")));
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            ledger(ExitCodes.OK).path("total").path("in_flight").asInt() == 2);
        }
        awaitDrained();
        assertThat(ledger(ExitCodes.OK).path("total").path("in_flight").asInt()).isZero();
    }

    @Test
    @Order(4)
    void aLetterThatWasDiscardedIsDroppedAndARowThatIsGoneIsADifference() throws Exception {
        SourceRecord letter = letters().get(0);
        String target = letter.header("dlq.topic") + "-" + letter.header("dlq.partition") + "@"
                + letter.header("dlq.offset") + "#1";
        producer.send(new ProducerRecord<>(
                        Topic.AUDIT.topicName(),
                        ("{\"action\":\"discard\",\"target\":\"" + target + "\",\"detail\":{}}").getBytes(UTF_8)))
                .get();
        sql("DELETE FROM dise_g1.tool_logs WHERE message = 'line 9'");
        JsonNode books = ledger(ExitCodes.FAILED);
        assertThat(books.path("total").path("discarded").asInt()).isOne();
        assertThat(books.path("total").path("dead_lettered").asInt()).isOne();
        assertThat(books.path("total").path("difference").asInt()).isOne();
        assertThat(books.path("unexplained").path(0).path("missing_in").asString(""))
                .isEqualTo("postgres");
        assertThat(run(ExitCodes.OK, "verify", "--store", "postgres", "--repair")
                        .out())
                .contains("1 found, 1 mended");
        assertThat(ledger(ExitCodes.OK).path("total").path("difference").asInt())
                .isZero();
    }

    @Test
    @Order(5)
    void anEventThatDidNotPassTheRouterIsSentAgain() throws Exception {
        awaitDrained();
        try (Admin admin = kafka.admin()) {
            // As if the router had lost them all; only one of the rows is lost too.
            admin.deleteRecords(Map.of(new TopicPartition("dise.bulk", 0), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
        sql("DELETE FROM dise_g1.tool_logs WHERE message = 'line 11'");
        JsonNode report = run(ExitCodes.FAILED, "verify", "--output", "json").json();
        assertThat(report.path("comparisons").path(0).path("counts").toString()).isEqualTo("{\"unrouted\":1}");
        assertThat(run(ExitCodes.OK, "verify", "--repair").out()).contains("1 found, 1 mended");
        awaitDrained();
        assertThat(run(ExitCodes.OK, "verify").out()).contains("cannot be judged");
        assertThat(ledger(ExitCodes.OK).path("total").path("difference").asInt())
                .isZero();
    }

    private static void sendHistory() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < TOOLS; i++) {
            events.add(event(Artifact.of(EventType.TOOL, "tool-" + i, "tool " + i, "does thing " + i)));
        }
        for (int i = 0; i < LOGS; i++) {
            events.add(event(Log.of("t", LogLevel.INFO, "line " + i)));
        }
        events.add(events.get(events.size() - 1));
        events.add(at(60, BugReport.of("b", "t", Severity.LOW, "newer")));
        events.add(at(0, BugReport.of("b", "t", Severity.LOW, "older")));
        events.add(at(0, Artifact.of(EventType.PLAN, "p", "plan", "first")));
        events.add(at(1, Artifact.of(EventType.PLAN, "p", "plan", "second")));
        events.add(at(2, Deletion.of(EventType.PLAN, "p")));
        events.add(event(Performance.of("perf", "t", "n", Map.of("a", 1))));
        events.add(event(GeneratedTool.of("g", "is stored nowhere", "llm")));
        send(events.toArray(Event[]::new));
        ProducerRecord<byte[], byte[]> good =
                EventDeliveries.toSend(Topic.EVENTS.topicName(), event(Log.of("t", LogLevel.INFO, "m")));
        producer.send(new ProducerRecord<>(good.topic(), null, good.key(), new byte[] {1}, good.headers()))
                .get();
        producer.send(new ProducerRecord<>(good.topic(), new byte[] {1}, new byte[] {2}))
                .get();
    }

    private static Event event(EventData data) {
        return Event.of("urn:dise:test", data);
    }

    private static Event at(int seconds, EventData data) {
        return Event.of(EventIds.next(), "urn:dise:test", NOW.minusSeconds(600).plusSeconds(seconds), data);
    }

    private static void send(Event... events) throws Exception {
        for (Event event : events) {
            var unused = producer.send(EventDeliveries.toSend(Topic.EVENTS.topicName(), event));
        }
        producer.flush();
    }

    private static List<SourceRecord> letters() {
        List<SourceRecord> letters = new ArrayList<>();
        try (TopicScan scan = TopicScan.open(kafka, Topic.DEAD_LETTERS.topicName(), new ScanStart.Beginning())) {
            for (List<SourceRecord> some = scan.next(); !some.isEmpty(); some = scan.next()) {
                letters.addAll(some);
            }
        }
        return letters;
    }

    private static void awaitDrained() {
        try (Line line = new Line(stack.config())) {
            await().atMost(Duration.ofSeconds(60)).until(line::isDrained);
        }
    }

    private static JsonNode ledger(int exitCode, String... options) {
        List<String> all = new ArrayList<>(List.of("ledger", "--output", "json"));
        all.addAll(List.of(options));
        return run(exitCode, all.toArray(String[]::new)).json();
    }

    private static CommandRun run(int exitCode, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--state", folder.resolve("state").toString(), "--config", config.toString()));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isEqualTo(exitCode);
        return run;
    }

    private static Connection connect() throws SQLException {
        var database = stack.config().database();
        return DriverManager.getConnection(
                database.jdbcUrl(),
                database.logins().owner().user(),
                database.logins().owner().password().value());
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}
