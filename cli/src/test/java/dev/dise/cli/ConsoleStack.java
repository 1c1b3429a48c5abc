package dev.dise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A whole stack with something to look at: a family of tools, and the real data where it is at hand. */
record ConsoleStack(Path folder, LocalStack stack) implements AutoCloseable {
    private static final Path DATA = Path.of("..", "..", "shared", "data", "dise");
    /** More than any tool of the real data has. */
    static final int FAILURES = 90;

    private static final List<String> EDGES =
            List.of("text_tool>parser", "lexer>parser", "general>text_tool", "parser>parser_fast");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CONFIG = """
            rag: {embedding: {provider: hash}}
            """;

    static ConsoleStack start(Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
        LocalStack stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config, Map.of()))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
        return new ConsoleStack(folder, stack);
    }

    /** The address that a browser opens. */
    String origin() {
        return stack.queryAddress().toString().replaceAll("/$", "");
    }

    /** Tools that descend from one another, one of which fails; its bug, figures and versions, and a fix that is known. */
    void emitFamily() throws IOException {
        emit("ancestry", EDGES.stream().map(edge -> """
                {"parent_tool_id":"%s","child_tool_id":"%s","relationship_type":"derived_from"}""".formatted((Object[]) edge.split(">"))));
        emit("generated_tool", IntStream.range(1, 4).mapToObj(version -> """
                {"tool_id":"parser","tool_name":"JSON parser","tool_type":"executable","tool_code":"# %1$d","metadata":{"version":"1.%1$d.0"}}""".formatted(version)));
        emit("failure", IntStream.range(0, FAILURES).mapToObj(row -> """
                {"tool_id":"parser","scenario":"reads row %1$d","severity":"high","error_message":"JSONDecodeError: Expecting value: line %1$d column 1"}""".formatted(row)));
        emit("perf_data", IntStream.range(0, 60).mapToObj(run -> """
                {"tool_id":"parser","metric_name":"latency_ms","metric_value":%d,"unit":"ms"}""".formatted(40 + run)));
        emit("bug_report", Stream.of("""
                {"bug_id":"BUG-1","tool_id":"parser","severity":"critical","message":"JSONDecodeError: Expecting value: line 7 column 1"}"""));
        emit("code_fix", Stream.of("""
                {"artifact_id":"fix_json_empty","name":"Fix: JSONDecodeError on an empty body","content":"Look whether the body is empty before json.loads.","description":"JSONDecodeError: Expecting value: line 1 column 1","tool_id":"parser"}"""));
        emit("tool", Stream.of("""
                {"artifact_id":"tool_parser","name":"JSON parser","content":"Parses JSON texts into objects.","tool_id":"parser"}"""));
    }

    /** The real memory of DiSE, where it lies beside the project. */
    void importRealData() {
        if (Files.isDirectory(DATA)) {
            run(
                    "import",
                    "dise",
                    "--artifacts",
                    DATA.resolve("artifacts.jsonl").toString(),
                    "--tools",
                    DATA.resolve("tools.jsonl").toString());
        }
    }

    /** Events as somebody writes them by hand. */
    void emit(String type, Stream<String> data) throws IOException {
        Path file = Files.write(folder.resolve(type + ".jsonl"), data.toList());
        run("emit", type, "--file", file.toString());
    }

    /** A failure whose severity is no word of ours: past the doors, as a stranger with access to Kafka could. */
    String poison() throws Exception {
        String id = UUID.randomUUID().toString();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.EVENTS.topicName(),
                "parser".getBytes(UTF_8),
                "{\"tool_id\":\"parser\",\"scenario\":\"reads\",\"error_message\":\"it broke\",\"severity\":\"terrible\"}"
                        .getBytes(UTF_8));
        Map<String, String> headers = Map.of(
                "ce_specversion", "1.0",
                "ce_id", id,
                "ce_type", EventType.FAILURE.ceType(),
                "ce_source", "urn:dise:test",
                "ce_subject", "parser",
                "ce_time", "2026-01-31T08:15:00.000001Z");
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        Map<String, Object> settings = new KafkaClients(stack.config().kafka()).common();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
        return id;
    }

    /** Returns when nothing waits anywhere. */
    void awaitDrained() {
        try (Line line = new Line(stack.config())) {
            await().atMost(PATIENCE).until(line::isDrained);
        }
    }

    @Override
    public void close() {
        stack.close();
    }

    private void run(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--state", folder.resolve("state").toString()))
                .toArray(String[]::new);
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }
}
