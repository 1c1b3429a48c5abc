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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A backup as a person takes it: of a stack that runs, verified, and restored into a stack in another folder. */
class BackupCommandsIT {
    @TempDir
    private static Path folder = Path.of("");

    private static Path config = Path.of("");

    @BeforeAll
    static void configure() throws IOException {
        config = Files.writeString(folder.resolve("config.yaml"), "rag: {embedding: {provider: hash}}\n");
    }

    @Test
    void aStackGoesOnInAnotherFolder() {
        String backup = folder.resolve("backup").toString();
        JsonNode stored;
        LocalStack here = start("here");
        try {
            emit("here", "log", "{\"tool_id\":\"t\",\"log_level\":\"error\",\"message\":\"boom\"}");
            emit("here", "plan", "{\"artifact_id\":\"p\",\"name\":\"a plan\",\"content\":\"how to\"}");
            await().atMost(Duration.ofSeconds(60)).until(() -> isDrained("here") && logs("here") == 1);
            stored = stored("here");

            assertThat(run(ExitCodes.OK, "backup", backup, "--state", state("here"))
                            .out())
                    .contains("tool_logs", "dise.events", "dise-artifacts-g1");
            assertThat(run(ExitCodes.FAILED, "backup", backup, "--state", state("here"))
                            .err())
                    .contains("is not empty");
            assertThat(run(ExitCodes.FAILED, "restore", backup, "--state", state("here"))
                            .err())
                    .contains("in use");
        } finally {
            here.close();
        }
        assertThat(run(ExitCodes.OK, "backup", "verify", backup).out()).contains("files are as they were written");
        assertThat(run(ExitCodes.USAGE, "restore", backup).err()).contains("--state");

        JsonNode restored = run(ExitCodes.OK, "restore", backup, "--state", state("there"), "-o", "json")
                .json();
        assertThat(restored.at("/rows/tool_logs").asInt()).isEqualTo(1);
        assertThat(restored.at("/points").asInt()).isEqualTo(1);
        assertThat(run(ExitCodes.FAILED, "restore", backup, "--state", state("there"))
                        .err())
                .contains("the topic dise.events has had 2 records");

        LocalStack there = start("there");
        try {
            assertThat(stored("there")).isEqualTo(stored);
            emit("there", "log", "{\"tool_id\":\"t\",\"log_level\":\"error\",\"message\":\"again\"}");
            await().atMost(Duration.ofSeconds(60)).until(() -> logs("there") == 2);
        } finally {
            there.close();
        }
    }

    @Test
    void whatIsNoBackupIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(run(ExitCodes.FAILED, "backup", "verify", empty.toString()).err())
                .contains("is no backup");
        assertThat(run(ExitCodes.USAGE, "backup").err()).contains("name a new folder");
    }

    private static LocalStack start(String name) {
        LocalStack stack = LocalStack.start(
                StackOptions.in(Path.of(state(name)), DiseConfig.load(config)).withoutDurability());
        StackFile.of(stack).write(Path.of(state(name)));
        return stack;
    }

    private static void emit(String name, String type, String data) {
        run(ExitCodes.OK, "emit", type, data, "--state", state(name));
    }

    private static boolean isDrained(String name) {
        return run(ExitCodes.OK, "status", "--state", state(name), "-o", "json")
                .json()
                .path("line")
                .valueStream()
                .allMatch(hop -> hop.path("end").asLong() > 0
                        && hop.path("end").asLong() == hop.path("read").asLong());
    }

    private static JsonNode stored(String name) {
        return run(ExitCodes.OK, "status", "--state", state(name), "-o", "json")
                .json()
                .path("stored");
    }

    private static int logs(String name) {
        return run(ExitCodes.OK, "logs", "--tool", "t", "--state", state(name), "-o", "json")
                .json()
                .path("items")
                .size();
    }

    private static String state(String name) {
        return folder.resolve(name).toString();
    }

    private static CommandRun run(int exitCode, String... args) {
        boolean readsNoConfig = List.of(args).contains("verify");
        Stream<String> where = readsNoConfig ? Stream.of() : Stream.of("--config", config.toString());
        CommandRun run = CommandRun.of(Stream.concat(Stream.of(args), where).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
        return run;
    }
}
