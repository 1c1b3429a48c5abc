package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    static void start() {
        stack = LocalStack.start(StackOptions.in(state, DiseConfig.defaults()).withoutDurability());
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
        assertThat(receipt.path("event_id").asString()).isEqualTo("event-1");
        await().untilAsserted(() -> assertThat(run("bugs", "--tool", "t", "-o", "json")
                        .at("/items/0/severity")
                        .asString(""))
                .isEqualTo("high"));
        assertThat(CommandRun.of("bugs", "--tool", "t", "--state", state.toString())
                        .out())
                .contains("B-1", "broken");
        assertThat(run("bugs", "--contains", "broken -whole", "-o", "json").path("items"))
                .hasSize(1);
        assertThat(run("bugs", "--contains", "broken", "--details", "user.id=7", "-o", "json")
                        .path("items"))
                .isEmpty();
    }

    @Test
    void showsTablesForPeople() {
        for (String command : List.of("status", "logs", "bugs", "perf")) {
            CommandRun run = CommandRun.of(command, "--state", state.toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
            assertThat(run.out()).isNotBlank();
        }
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
