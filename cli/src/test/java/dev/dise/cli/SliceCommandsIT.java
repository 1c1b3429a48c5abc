package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A subject is forgotten on a whole stack, and nothing brings it back; routes change, and what moved is there. */
class SliceCommandsIT extends SliceStack {
    private static final String SECRET = "jane-doe-4711";

    @Test
    void aForgottenSubjectIsGoneEverywhereAndANewerEventOfItIsStored() throws Exception {
        emitBothSubjects();
        assertThat(run(ExitCodes.OK, "maintain").out()).contains("archived");
        assertThat(counts("forget", "--subject", SECRET, "--dry-run")).containsEntry("dead_letters", 1L);

        Map<String, Long> removed = counts("forget", "--subject", SECRET, "--yes");
        assertThat(removed)
                .containsEntry("rows", 2L)
                .containsEntry("archived_rows", 1L)
                .containsEntry("points", 2L)
                .containsEntry("vectors", 2L)
                .containsEntry("dead_letters", 1L);
        assertNothingIsLeft();

        assertThat(run(ExitCodes.OK, "replay", "--all", "--to", "postgres").out())
                .contains("1 refused");
        assertThat(run(ExitCodes.OK, "replay", "--all", "--to", "qdrant").exitCode())
                .isZero();
        rebuildBoth();
        assertNothingIsLeft();
        assertThat(logs("tool-x")).isPositive();

        emit(Instant.now(), Log.of(SECRET, LogLevel.INFO, "a new life"), plan(SECRET, "a new life"));
        await().atMost(PATIENCE).until(() -> logs(SECRET) == 1 && found(SECRET) == 1);
        assertThat(counts("forget", "--subject", "tool-x", "--type", "plan", "--dry-run"))
                .containsEntry("rows", 0L);
    }

    @Test
    void whatMovesByNewRulesIsSentAndStored() throws IOException {
        emit(Instant.now(), Artifact.of(EventType.PATTERN, "moved", "a name", "a pattern to be moved"));
        awaitDrained();
        Path rules = Files.writeString(
                folder.resolve("new.yaml"), settings("storage_strategy: {hybrid_storage_types: [pattern]}"));
        CommandRun diff = run(ExitCodes.OK, "route", "diff", rules.toString(), "--since", "1h");
        assertThat(diff.out()).contains("pattern", "dise.rag → dise.bulk + dise.rag");
        CommandRun applied = run(ExitCodes.OK, "route", "apply", rules.toString(), "--since", "1h");
        assertThat(applied.out()).contains("1 records sent", "at their next start");
        awaitDrained();
        assertThat(run(ExitCodes.OK, "replay", "--subject", "moved", "--to", "postgres")
                        .out())
                .contains("1 there already");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "database: {storge: 1, port: many}");
        assertThat(run(ExitCodes.USAGE, "route", "diff", wrong.toString()).err())
                .contains("storge", "port");
    }

    private static void emitBothSubjects() throws Exception {
        Instant old = Instant.now().minus(40, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        for (String subject : List.of(SECRET, "tool-x")) {
            emit(old, Log.of(subject, LogLevel.INFO, "an old line"));
            emit(Instant.now(), Log.of(subject, LogLevel.INFO, "a line"), plan(subject, "the life of " + subject));
            emit(Instant.now(), Evaluation.of(subject, "an evaluation", "of " + subject));
            sendGarbage(subject);
        }
        awaitDrained();
        await().atMost(PATIENCE).until(() -> found("tool-x") == 2 && logs("tool-x") == 2);
        assertThat(letters()).hasSize(2);
    }

    private static EventData plan(String subject, String content) {
        return Artifact.of(EventType.PLAN, subject, "a plan", content);
    }

    private static void assertNothingIsLeft() throws Exception {
        assertThat(logs(SECRET)).isZero();
        assertThat(found(SECRET)).isZero();
        assertThat(letters()).isNotEmpty().noneMatch(letter -> letter.contains(SECRET));
        try (Stream<Path> files = Files.walk(folder.resolve("archive"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".zst")).toList()) {
                assertThat(unpacked(file)).contains("tool-x").doesNotContain(SECRET);
            }
        }
        // What a replay brought back of a day that had left is archived once more.
        assertThat(run(ExitCodes.OK, "archive", "verify").out()).containsPattern("([12]) of \\1 files");
    }

    /** Into generations of their own, from the beginning of the topics. */
    private static void rebuildBoth() {
        assertThat(run(ExitCodes.OK, "rebuild", "postgres").out()).contains("generation 2 of postgres is live");
        assertThat(run(ExitCodes.OK, "rebuild", "qdrant").out()).contains("generation 2");
        assertThat(counts("forget", "--subject", SECRET, "--dry-run"))
                .containsEntry("rows", 0L)
                .containsEntry("points", 0L);
        assertThat(counts("forget", "--subject", "tool-x", "--type", "evaluation", "--dry-run"))
                .containsEntry("rows", 2L)
                .containsEntry("points", 2L);
    }
}
