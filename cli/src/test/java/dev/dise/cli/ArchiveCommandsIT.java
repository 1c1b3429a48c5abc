package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The life of an old log line as a person sees it: archived, listed, verified, restored. */
class ArchiveCommandsIT extends SliceStack {
    private static final int ROWS = 25;
    private static final String TOOL = "old";

    @Test
    void oldRowsGoToAFileAndComeBackForAWhile() throws IOException {
        assertThat(run(ExitCodes.OK, "archive", "list").out()).contains("nothing is archived");
        emitOldLogs();
        await().atMost(PATIENCE).until(() -> logs(TOOL), seen -> seen == ROWS);

        assertThat(run(ExitCodes.OK, "maintain").out()).contains("archived");
        assertThat(run(ExitCodes.OK, "maintain").out()).contains("nothing was due");
        assertThat(logs(TOOL)).isZero();

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
        assertThat(logs(TOOL)).isEqualTo(ROWS);
        assertThat(run(ExitCodes.OK, "maintain").exitCode()).isZero();
        assertThat(logs(TOOL)).isEqualTo(ROWS);

        Files.delete(folder.resolve("archive/dise_g1").resolve(file.path("file").asString()));
        assertThat(run(ExitCodes.FAILED, "archive", "verify").out()).contains("MISSING", "0 of 1 files");
        assertThat(run(ExitCodes.FAILED, "archive", "restore", "tool_logs", "1999-12-31")
                        .err())
                .contains("nothing of tool_logs 1999-12-31 is archived");
    }

    private static void emitOldLogs() {
        Instant old = Instant.now().minus(40, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        emit(
                old,
                IntStream.range(0, ROWS)
                        .mapToObj(line -> Log.of(TOOL, LogLevel.INFO, "line " + line))
                        .toArray(EventData[]::new));
    }

    private static JsonNode list(String... options) {
        List<String> args = new ArrayList<>(List.of("archive", "list", "-o", "json"));
        args.addAll(Arrays.asList(options));
        return run(ExitCodes.OK, args.toArray(String[]::new)).json().path("items");
    }
}
