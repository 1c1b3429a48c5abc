package dev.dise.operations.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A redrive that dies between what it sends and what it notes, and the next one. */
class KilledRedriveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LETTERS = 45;
    /** A quarter of the rate. */
    private static final int PIECE = 10;

    @Test
    void theNextOneForgetsNothingAndDoublesOnePieceAtMost(@TempDir Path folder) throws Exception {
        try (LettersRig rig = LettersRig.start(folder.resolve("kafka"))) {
            List<SourceRecord> refused = rig.stored("tool", LETTERS);
            rig.refuse(refused, "KILLED", "no");
            assertThat(run(rig, folder, "redrive.after_send=halt@2")).isEqualTo(ChildJvm.KILLED);
            assertThat(rig.letters.list(LetterFilter.all().withStates(Set.of(LetterState.REDRIVEN)), 1_000))
                    .as("noted before it died")
                    .hasSize(PIECE);
            assertThat(run(rig, folder, "")).isZero();

            assertThat(rig.letters.list(LetterFilter.all().unsettled(), 1)).isEmpty();
            Map<String, Long> copies = rig.kafka.read(Topic.BULK).stream()
                    .collect(Collectors.groupingBy(
                            record -> String.valueOf(record.header("ce_id")), Collectors.counting()));
            assertThat(copies).hasSize(LETTERS);
            assertThat(copies.values()).allSatisfy(count -> assertThat(count).isBetween(2L, 3L));
            assertThat(copies.values().stream().mapToLong(count -> count - 2).sum())
                    .isEqualTo(PIECE);
        }
    }

    private static int run(LettersRig rig, Path folder, String plan) {
        try (ChildJvm child = ChildJvm.start(
                RedriveMain.class,
                folder.resolve("child.log"),
                Map.of(Failpoints.PROPERTY, plan),
                rig.kafka.config().bootstrapServers())) {
            return child.exitCode(PATIENCE);
        }
    }
}
