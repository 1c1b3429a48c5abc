package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/**
 * The commands against a running stack: the import of real data where it lies beside the project, of a sample of the
 * project's own where it does not; every line accounted for, and nothing changed by importing twice.
 */
class SystemIT {
    private static final Path REAL = Path.of("..", "..", "shared", "data");
    private static final Path SAMPLE = Path.of("src", "test", "resources", "sample");

    @TempDir
    private static Path state = Path.of("");

    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        Path config = Files.writeString(state.resolve("config.yaml"), "query: {sql: {enabled: true}}");
        stack = LocalStack.start(
                StackOptions.in(state, DiseConfig.load(config, Map.of())).withoutDurability());
        StackFile.of(stack).write(state);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void importsAMemoryWithEveryLineAccountedFor() throws IOException {
        Path data = Files.exists(REAL) ? REAL.resolve("dise") : SAMPLE;
        String artifacts = data.resolve("artifacts.jsonl").toString();
        String tools = data.resolve("tools.jsonl").toString();
        long lines = count(artifacts) + count(tools);

        JsonNode first = run("import", "dise", "--artifacts", artifacts, "--tools", tools, "-o", "json");
        assertThat(first.at("/lines/imported").asLong()).isEqualTo(lines);
        assertThat(first.at("/lines/refused").asLong()).isZero();
        assertThat(first.at("/events/undelivered").asLong()).isZero();
        assertThat(first.at("/events/dead_letters")).isEmpty();
        JsonNode stored = run("status", "-o", "json").path("stored");

        JsonNode second = run("import", "dise", "--artifacts", artifacts, "--tools", tools, "-o", "json");
        assertThat(second.at("/lines/imported").asLong()).isEqualTo(lines);
        assertThat(run("status", "-o", "json").path("stored")).isEqualTo(stored);

        JsonNode hits = run("search", "turn text into speech", "--type", "tool", "-o", "json");
        assertThat(hits.path("items"))
                .isNotEmpty()
                .allSatisfy(
                        hit -> assertThat(hit.path("artifact_type").asString()).isEqualTo("tool"));
    }

    @Test
    void sqlIsAnsweredAsATableAsJsonAndAsCsv() {
        String text = "SELECT n, 'a,\"b' || $1 AS c, NULL AS z, ARRAY[1] AS l FROM generate_series(1, 3) AS n";
        String[] ask = {"sql", text, "--param", "é", "--state", state.toString()};
        CommandRun table = CommandRun.of(ask);
        assertThat(table.out()).contains("n  c", "a,\"bé", "[1]");
        assertThat(table.exitCode()).isEqualTo(ExitCodes.OK);
        JsonNode json = CommandRun.of(with(ask, "-o", "json")).json();
        assertThat(json.path("columns").path(1).path("name").asString("")).isEqualTo("c");
        CommandRun csv = CommandRun.of(with(ask, "-o", "csv", "--max-rows", "1"));
        assertThat(csv.out()).isEqualTo("n,c,z,l\r\n1,\"a,\"\"bé\",,[1]\r\n");
        assertThat(csv.err()).contains("only the first 1 rows");
        CommandRun wrong = CommandRun.of("sql", "SELECT x", "--state", state.toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(wrong.err()).contains("column \"x\" does not exist", "line 1, column 8");
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void importsLogFilesWithEveryLineAccountedFor() throws IOException {
        Path data = Files.exists(REAL) ? REAL.resolve("logs") : SAMPLE;
        List<String> files = List.of(
                data.resolve("Hadoop.log").toString(), data.resolve("Spark.log").toString());
        for (int time = 0; time < 2; time++) {
            JsonNode imported = run("import", "logs", files.get(0), files.get(1), "--tool-id", "cluster", "-o", "json");
            for (String file : files) {
                JsonNode summary = imported.path("files").path(file);
                assertThat(summary.path("lines_read").asLong()).isEqualTo(count(file));
                assertThat(summary.path("lines_in_records").asLong()
                                + summary.path("blank").asLong())
                        .isEqualTo(count(file));
            }
            assertThat(imported.at("/events/dead_letters")).isEmpty();
        }
        JsonNode errors = run("logs", "--tool", "cluster", "--level", "error", "--limit", "1000", "-o", "json");
        assertThat(errors.path("items"))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.path("log_level").asString()).isEqualTo("error"));
    }

    @Test
    void emitsOneEventAndFindsItAgain() {
        JsonNode receipt = run(
                "emit",
                "bug_report",
                "{\"bug_id\":\"B-1\",\"tool_id\":\"t\",\"severity\":\"MAJOR\",\"message\":\"broken\"}",
                "--id",
                "event-1",
                "-o",
                "json");
        assertThat(receipt.path("id").asString()).isEqualTo("event-1");
        assertThat(receipt.path("topic").asString()).isEqualTo("dise.events");
        CommandRun passed = CommandRun.of(
                "tail",
                "--from-start",
                "--no-follow",
                "--subject",
                "B-1",
                "--level",
                "high",
                "--state",
                state.toString());
        assertThat(passed.out().lines()).singleElement().asString().contains("bug_report", "B-1", "high", "broken");
        await().untilAsserted(() -> assertThat(run("bugs", "--tool", "t", "-o", "json")
                        .at("/items/0/severity")
                        .asString(""))
                .isEqualTo("high"));
        assertThat(CommandRun.of("bugs", "--tool", "t", "--state", state.toString())
                        .out())
                .contains("B-1", "broken");
        CommandRun exported =
                CommandRun.of("export", "bugs", "--where", "severity=high", "--tool", "t", "--state", state.toString());
        assertThat(exported.out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"id\":")
                .contains("B-1");
        assertThat(exported.err()).contains("1 rows");
        assertThat(CommandRun.of("export", "poems", "--state", state.toString()).exitCode())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(run("bugs", "--contains", "broken -whole", "-o", "json").path("items"))
                .hasSize(1);
        assertThat(run("bugs", "--contains", "broken", "--details", "user.id=7", "-o", "json")
                        .path("items"))
                .isEmpty();
    }

    @Test
    void emitsAFileAndTellsWhichLinesAreNoEvents() throws IOException {
        String good = "{\"tool_id\": \"file\", \"log_level\": \"WARN\",\t\"message\": \"line\"}";
        Path file = Files.writeString(state.resolve("events.ndjson"), (good + "\r\n\n").repeat(2_000) + "{\n" + good);
        CommandRun emitted = CommandRun.of(
                "emit",
                "log",
                "--file",
                file.toString(),
                "--run",
                "r-7",
                "--time",
                "1h",
                "-o",
                "json",
                "--state",
                state.toString());
        assertThat(emitted.exitCode()).as(emitted.err()).isEqualTo(ExitCodes.USAGE);
        JsonNode books = emitted.json();
        assertThat(books.path("accepted").asLong()).isEqualTo(2_001);
        assertThat(books.path("blank").asLong()).isEqualTo(2_000);
        assertThat(books.path("undelivered").asLong()).isZero();
        assertThat(books.at("/faults/0/line").asLong()).isEqualTo(4_001);
        CommandRun passed = CommandRun.of(
                "tail", "--from-start", "--run", "r-7", "--limit", "2001", "-o", "json", "--state", state.toString());
        assertThat(passed.out().lines()).hasSize(2_001).allMatch(line -> line.contains("\"log_level\":\"WARN\""));
    }

    @Test
    void whatAToolLogsThroughLogbackIsFoundByItsTool() throws Exception {
        String xml = """
                <configuration>
                  <appender name="dise" class="dev.dise.ingest.logging.DiseAppender">
                    <bootstrapServers>%s</bootstrapServers>
                    <source>urn:dise:test</source>
                    <spoolFolder>%s</spoolFolder>
                    <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
                  </appender>
                  <root level="ALL"><appender-ref ref="dise"/></root>
                </configuration>
                """.formatted(stack.config().kafka().bootstrapServers(), state.resolve("spool"));
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        MDC.put("tool_id", "logging-tool");
        context.getLogger("org.example.Job").debug("below the threshold");
        context.getLogger("org.example.Job").error("job failed", new IllegalStateException("no luck"));
        MDC.clear();
        context.stop();
        await().untilAsserted(() -> assertThat(
                        run("logs", "--tool", "logging-tool", "-o", "json").path("items"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("message").asString()).isEqualTo("job failed");
                    assertThat(line.at("/details/logger").asString()).isEqualTo("org.example.Job");
                    assertThat(line.at("/details/exception/stack_trace").asString())
                            .contains("IllegalStateException: no luck");
                }));
    }

    @Test
    void showsTablesForPeople() {
        for (String command : List.of("status", "logs", "bugs", "perf")) {
            CommandRun run = CommandRun.of(command, "--state", state.toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
            assertThat(run.out()).isNotBlank();
        }
        assertThat(CommandRun.of("status", "--state", state.toString()).out())
                .contains("dise.dead-letters", "0 dropped by emitters");
        CommandRun perf = CommandRun.of("perf", "--bucket", "1h", "--tool", "nobody", "--state", state.toString());
        assertThat(perf.out()).contains("no measurements since 2", "see further with --since");
        assertThat(CommandRun.of("ancestry", "nobody", "--state", state.toString())
                        .out())
                .contains("no tool is related to nobody");
    }

    private static JsonNode run(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--state";
        all[args.length + 1] = state.toString();
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCodes.OK);
        return run.json();
    }

    private static long count(String file) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.count();
        }
    }
}
