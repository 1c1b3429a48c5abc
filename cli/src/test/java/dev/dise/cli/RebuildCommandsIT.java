package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of a generation as a person sees it: built, listed, switched back, dropped. */
class RebuildCommandsIT {
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    @TempDir
    private static Path folder = Path.of("");

    private static Path config = Path.of("");
    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        config = Files.writeString(folder.resolve("config.yaml"), "rag: {embedding: {provider: hash}}\n");
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aGenerationIsBuiltShownTakenBackAndDropped() {
        run(ExitCodes.OK, "emit", "log", LOG);
        await().atMost(Duration.ofSeconds(60)).until(() -> logs() == 1);
        assertThat(run(ExitCodes.OK, "rebuild", "postgres").out())
                .contains("generation 2 of postgres is live")
                .contains("held them up for");
        assertThat(run(ExitCodes.OK, "rebuild", "list").out())
                .contains("following")
                .contains("live");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(run(ExitCodes.OK, "status").out()).contains("pg-sink (g2)"));

        run(ExitCodes.OK, "emit", "log", LOG);
        await().atMost(Duration.ofSeconds(60)).until(() -> logs() == 2);
        assertThat(run(ExitCodes.FAILED, "rebuild", "drop", "postgres", "2", "--yes")
                        .err())
                .contains("generation 2 is live");
        assertThat(run(ExitCodes.OK, "rebuild", "rollback", "postgres").out()).contains("see what they saw before");
        assertThat(logs()).isEqualTo(2);
        run(ExitCodes.OK, "rebuild", "switch", "postgres", "2");
        run(ExitCodes.OK, "rebuild", "drop", "postgres", "1", "--yes");

        JsonNode items =
                run(ExitCodes.OK, "rebuild", "list", "-o", "json").json().path("items");
        assertThat(items.valueStream()
                        .filter(item -> item.path("store").asString().equals("postgres")))
                .hasSize(1)
                .allMatch(item -> item.path("state").asString().equals("live"));
        assertThat(run(ExitCodes.OK, "status").out()).contains("pg-sink ").doesNotContain("(g");
        assertThat(run(ExitCodes.USAGE, "rebuild", "postgres", "--share", "0").err())
                .contains("above 0");
        assertThat(run(ExitCodes.FAILED, "rebuild", "rollback", "postgres").err())
                .contains("was dropped");
    }

    private static int logs() {
        return run(ExitCodes.OK, "logs", "--tool", "t", "-o", "json")
                .json()
                .path("items")
                .size();
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
