package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of an old log line as a person sees it: archived, listed, verified, restored. */
class ArchiveCommandsIT {
    private static final int ROWS = 25;

    @TempDir
    private static Path folder = Path.of("");

    private static Path config = Path.of("");
    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        config = Files.writeString(folder.resolve("config.yaml"), """
                rag: {embedding: {provider: hash}}
                database:
                  tables: {tool_logs: {retention: 30d}}
                  archive: {target: "%s"}
                """.formatted(folder.resolve("archive")));
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
        // Its own keeper comes every ten minutes: what is emitted after its first visit is left to this test.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> stack.health().parts().containsKey("pg-keeper"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void oldRowsGoToAFileAndComeBackForAWhile() throws IOException {
        assertThat(run(ExitCodes.OK, "archive", "list").out()).contains("nothing is archived");
        emitOldLogs();
        await().atMost(Duration.ofSeconds(60)).until(ArchiveCommandsIT::logs, seen -> seen == ROWS);

        assertThat(run(ExitCodes.OK, "maintain").out()).contains("archived");
        assertThat(run(ExitCodes.OK, "maintain").out()).contains("nothing was due");
        assertThat(logs()).isZero();

        JsonNode file = list().get(0);
        assertThat(file.path("rows").asInt()).isEqualTo(ROWS);
        assertThat(list("--table", "conversations")).isEmpty();
        assertThat(list("--since", "39d")).isEmpty();
        assertThat(list("--since", "41d", "--until", "39d")).hasSize(1);
        assertThat(run(ExitCodes.OK, "archive", "list").out())
                .contains(file.path("file").asString())
                .contains("in the table until");
        assertThat(run(ExitCodes.OK, "archive", "verify").out()).contains("1 of 1 files are as they were written");

        String day = file.path("day").asString();
        assertThat(run(ExitCodes.OK, "archive", "restore", "tool_logs", day, "--keep", "2d")
                        .out())
                .contains(ROWS + " rows of tool_logs " + day + " from 1 file(s), of which 0 were there already");
        assertThat(logs()).isEqualTo(ROWS);
        assertThat(run(ExitCodes.OK, "maintain").exitCode()).isZero();
        assertThat(logs()).isEqualTo(ROWS);

        Files.delete(folder.resolve("archive/dise_g1").resolve(file.path("file").asString()));
        assertThat(run(ExitCodes.FAILED, "archive", "verify").out()).contains("MISSING", "0 of 1 files");
        assertThat(run(ExitCodes.FAILED, "archive", "restore", "tool_logs", "1999-12-31")
                        .err())
                .contains("nothing of tool_logs 1999-12-31 is archived");
    }

    private static void emitOldLogs() {
        Instant old = Instant.now().minus(40, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        try (ArtifactEmitter emitter = ArtifactEmitter.builder()
                .bootstrapServers(stack.config().kafka().bootstrapServers())
                .source("urn:dise:test")
                .overflow(new Overflow.DropNewest())
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                emitter.emit(Event.of(
                        "old-" + i, "urn:dise:test", old.plusSeconds(i), Log.of("old", LogLevel.INFO, "line " + i)));
            }
            assertThat(emitter.flush(Duration.ofSeconds(60)).isComplete()).isTrue();
        }
    }

    private static int logs() {
        return run(ExitCodes.OK, "logs", "--tool", "old", "--limit", "1000", "-o", "json")
                .json()
                .path("items")
                .size();
    }

    private static JsonNode list(String... options) {
        List<String> args = new ArrayList<>(List.of("archive", "list", "-o", "json"));
        args.addAll(Arrays.asList(options));
        return run(ExitCodes.OK, args.toArray(String[]::new)).json().path("items");
    }

    private static CommandRun run(int exitCode, String... args) {
        Stream<String> where = Stream.of(
                "--config",
                config.toString(),
                "--state",
                folder.resolve("state").toString());
        CommandRun run = CommandRun.of(Stream.concat(Arrays.stream(args), where).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
        return run;
    }
}
