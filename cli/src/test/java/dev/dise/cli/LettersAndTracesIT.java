package dev.dise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.Login;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import dev.dise.schemas.Topic;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Dead letters and traces as a person sees them, on the whole line. */
class LettersAndTracesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONSTRAINT = "ALTER TABLE dise_g1.tool_failures ";

    @TempDir
    private static Path folder = Path.of("");

    private static Path config = Path.of("");
    private static LocalStack stack;
    private static Producer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        config = Files.writeString(folder.resolve("config.yaml"), "rag: {embedding: {provider: hash}}\n");
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
        producer = new KafkaClients(stack.config().kafka()).producer("stranger");
    }

    @AfterAll
    static void stop() {
        producer.close();
        stack.close();
    }

    @Test
    void whatEachStageRefusesIsGroupedAndMended() throws Exception {
        sql(CONSTRAINT + "ADD CONSTRAINT likely CHECK (scenario <> 'unlikely')");
        String failure = emit("failure", "{\"tool_id\":\"t\",\"scenario\":\"unlikely\",\"error_message\":\"boom\"}");
        write(Topic.EVENTS, EventIds.next(), EventType.LOG, "t", null);
        write(Topic.BULK, EventIds.next(), EventType.LOG, "t", "no json");
        String plan = EventIds.next();
        write(
                Topic.RAG,
                plan,
                EventType.PLAN,
                "p1",
                "{\"artifact_id\":\"p1\",\"name\":\"Plan\",\"content\":\"x\",\"odd\":1}");
        producer.send(new ProducerRecord<>(Topic.VECTORS.topicName(), "no uuid".getBytes(UTF_8), new byte[1]))
                .get();
        await().atMost(PATIENCE).until(() -> letters("--status", "open").size() == 5);

        JsonNode groups =
                run(ExitCodes.OK, "dlq", "summary", "-o", "json").json().path("items");
        assertThat(groups)
                .extracting(group -> group.path("stage").asString() + " "
                        + group.path("reason").asString())
                .containsExactlyInAnyOrder(
                        "router NULL_VALUE",
                        "pg-sink PG_CONSTRAINT",
                        "pg-sink MALFORMED",
                        "rag-sink-embed SCHEMA",
                        "rag-sink-write MALFORMED");
        assertThat(run(ExitCodes.OK, "dlq", "summary").out()).contains("fingerprint", "PG_CONSTRAINT");

        sql(CONSTRAINT + "DROP CONSTRAINT likely");
        assertThat(run(ExitCodes.OK, "dlq", "redrive", "--reason", "PG_CONSTRAINT", "--dry-run")
                        .out())
                .contains("1: would be sent again");
        run(ExitCodes.OK, "dlq", "redrive", "--reason", "PG_CONSTRAINT", "--by", "ada");
        run(ExitCodes.OK, "dlq", "redrive", "--reason", "PG_CONSTRAINT");
        await().atMost(PATIENCE).until(() -> trace(0, failure).path("rows").size() == 1);
        JsonNode traced = trace(0, failure, "--every-copy");
        assertThat(sightings(traced)).containsExactly("dise.events", "dise.bulk", "dise.bulk");
        assertThat(traced.at("/letters/0/letter/state").asString()).isEqualTo("redriven");

        String letter = letters("--stage", "rag-sink-embed").get(0).path("id").asString();
        assertThat(run(ExitCodes.OK, "dlq", "show", letter).out()).contains("wrong: /odd", "\"name\" : \"Plan\"");
        Path mended = Files.writeString(
                folder.resolve("mended.json"), "{\"artifact_id\":\"p1\",\"name\":\"Plan\",\"content\":\"mended\"}");
        assertThat(run(ExitCodes.USAGE, "dlq", "redrive", letter, "--set", "/name=New")
                        .err())
                .contains("/odd");
        run(ExitCodes.OK, "dlq", "redrive", letter, "--edit", mended.toString());
        await().atMost(PATIENCE).until(() -> trace(0, plan).path("points").size() == 1);

        assertThat(run(ExitCodes.USAGE, "dlq", "discard", "--why", "x").err()).contains("name letters");
        run(ExitCodes.OK, "dlq", "discard", "--stage", "rag-sink-write", "--why", "a stranger's", "--yes");
        assertThat(letters("--stage", "rag-sink-write").get(0).path("state").asString())
                .isEqualTo("discarded");
        assertThat(run(ExitCodes.OK, "audit", "--since", "1h", "-o", "json")
                        .json()
                        .path("items"))
                .extracting(entry -> entry.path("action").asString())
                .containsExactly("redrive", "redrive", "discard");
        assertThat(run(ExitCodes.OK, "audit", "--action", "redrive").out()).contains("ada", "event_id=" + failure);

        poisonEndsInQuarantine();
    }

    private static void poisonEndsInQuarantine() {
        for (int attempt = 2; attempt <= 3; attempt++) {
            int attempts = attempt;
            run(ExitCodes.OK, "dlq", "redrive", "--stage", "router");
            await().atMost(PATIENCE).until(() -> letters("--stage", "router").size() == attempts);
        }
        assertThat(run(ExitCodes.FAILED, "dlq", "redrive", "--stage", "router").out())
                .contains("1: was tried as often as it may be");
        assertThat(letters("--stage", "router", "--status", "quarantined")).hasSize(1);
    }

    @Test
    void eventsAreFollowedThroughEveryHop() throws Exception {
        String log = emit("log", "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"hello\"}");
        String tool = emit("tool", "{\"artifact_id\":\"speak\",\"name\":\"Speak\",\"content\":\"says text aloud\"}");
        String evaluation =
                emit("evaluation", "{\"artifact_id\":\"e1\",\"name\":\"Weekly\",\"content\":\"does what it says\"}");
        await().atMost(PATIENCE)
                .until(() -> trace(0, log).path("rows").size() == 1
                        && trace(0, tool).path("points").size() == 1
                        && trace(0, evaluation).path("rows").size() == 1
                        && trace(0, evaluation).path("points").size() == 1);

        JsonNode ofLog = trace(0, log);
        assertThat(sightings(ofLog)).containsExactly("dise.events", "dise.bulk");
        assertThat(ofLog.at("/event/received_at").asString()).isNotEmpty();
        assertThat(ofLog.at("/route/rule").asString()).contains("bulk_storage_types", "log");
        assertThat(latencies(ofLog))
                .containsExactly(
                        "emitted gateway", "gateway dise.events", "dise.events dise.bulk", "dise.bulk PostgreSQL");
        assertThat(ofLog.at("/stores/0/state").asString()).isEqualTo("stored");
        assertThat(ofLog.at("/notes")).isEmpty();
        assertThat(run(ExitCodes.OK, "trace", log, "--raw").out()).contains("dise_received: ", "\"hello\"");

        JsonNode ofTool = trace(0, tool);
        assertThat(sightings(ofTool)).containsExactly("dise.events", "dise.rag", "dise.vectors");
        assertThat(latencies(ofTool)).contains("dise.events dise.rag", "dise.rag dise.vectors");
        assertThat(ofTool.at("/points/0/id").asString())
                .isEqualTo(PointIds.pointId(EventType.TOOL, "speak").toString());
        assertThat(sightings(trace(0, evaluation)))
                .containsExactly("dise.events", "dise.bulk", "dise.rag", "dise.vectors");
        String place = "dise.bulk-" + ofLog.at("/sightings/1/partition").asInt() + "@"
                + ofLog.at("/sightings/1/offset").asLong();
        assertThat(trace(0, place).path("id").asString()).isEqualTo(log);

        String newer = emit("tool", "{\"artifact_id\":\"speak\",\"name\":\"Speak\",\"content\":\"now louder\"}");
        await().atMost(PATIENCE).until(() -> trace(0, newer).path("points").size() == 1);
        assertThat(trace(0, tool).at("/stores/0/state").asString()).isEqualTo("superseded");
        assertThat(why("tool/speak")).isEqualTo(newer);
        assertThat(why(PointIds.pointId(EventType.TOOL, "speak").toString())).isEqualTo(newer);
        assertThat(run(ExitCodes.FAILED, "why", "tool/nobody").err()).contains("no point");
    }

    @Test
    void whatIsNowhereIsSaidWithWhereItWasLookedFor() {
        JsonNode trace = trace(ExitCodes.FAILED, EventIds.next());
        assertThat(trace.path("found").asBoolean()).isFalse();
        assertThat(trace.path("searched"))
                .extracting(each -> each.path("where").asString())
                .contains("dise.events", "dise.bulk", "dise.rag", "dise.dead-letters", "PostgreSQL", "Qdrant");
        assertThat(run(ExitCodes.FAILED, "trace", "no-such-id").out()).contains("was not found", "spool");
    }

    private static String emit(String type, String data) throws Exception {
        String id = EventIds.next();
        HttpRequest request = HttpRequest.newBuilder(stack.gatewayAddress().resolve("/v1/events/" + type))
                .header("Content-Type", "application/json")
                .header("ce-id", id)
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return id;
        }
    }

    /** Past every check, as a stranger with access to Kafka could. */
    private static void write(Topic topic, String id, EventType type, String subject, @Nullable String value)
            throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.topicName(), subject.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_id", id);
        headers.put("ce_type", type.ceType());
        headers.put("ce_source", "urn:dise:test");
        headers.put("ce_subject", subject);
        headers.put("ce_time", "2026-01-31T08:15:00.000001Z");
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        producer.send(record).get();
    }

    private static void sql(String statement) throws Exception {
        DatabaseConfig database = stack.config().database();
        Login owner = database.logins().owner();
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), owner.user(), owner.password().value());
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private static List<String> sightings(JsonNode trace) {
        return trace.path("sightings")
                .valueStream()
                .map(seen -> seen.path("topic").asString())
                .toList();
    }

    private static List<String> latencies(JsonNode trace) {
        return trace.path("latencies")
                .valueStream()
                .map(each ->
                        each.path("from").asString() + " " + each.path("to").asString())
                .toList();
    }

    private static JsonNode letters(String... options) {
        return run(ExitCodes.OK, concat(List.of("dlq", "list", "-o", "json"), options))
                .json()
                .path("items");
    }

    private static JsonNode trace(int exitCode, String id, String... options) {
        return run(exitCode, concat(List.of("trace", id, "-o", "json"), options))
                .json();
    }

    private static String why(String hit) {
        return run(ExitCodes.OK, "why", hit, "-o", "json").json().path("id").asString();
    }

    private static String[] concat(List<String> args, String... more) {
        return Stream.concat(args.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    private static CommandRun run(int exitCode, String... args) {
        String[] where = {
            "--config", config.toString(), "--state", folder.resolve("state").toString()
        };
        CommandRun run = CommandRun.of(concat(List.of(args), where));
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
        return run;
    }
}
