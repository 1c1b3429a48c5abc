package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.dise.pg.archive.Finding.State;
import dev.dise.pg.archive.Upkeep.Deed;
import dev.dise.pg.archive.Upkeep.What;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreIT extends ArchiveRig {
    private static final LocalDate OLD = LocalDate.of(2026, 1, 5);
    private static final String LEAF = "tool_logs_20260105";
    private static final String FILE = "tool_logs/2026-01-05-p1.csv.zst";
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path folder = Path.of("");

    private ArchiveConfig target = ArchiveConfig.unset();
    private Maintenance maintenance;

    @BeforeEach
    void archiveInAFolder() {
        target = ArchiveConfig.to(folder.toString());
        maintenance = maintenance(thirtyDays(target));
    }

    @Test
    void restoringTwiceStoresOnce() {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 50);
        String before = digest(LEAF);
        maintenance.pass();
        maintenance.restore("tool_logs", "2026-01-05", WEEK, rows -> {});
        Restored again = maintenance.restore("tool_logs", "2026-01-05", WEEK.multipliedBy(2), rows -> {});
        assertThat(again.inserted()).isZero();
        assertThat(again.rowsInFiles()).isEqualTo(50);
        assertThat(digest(LEAF)).isEqualTo(before);
        assertThat(maintenance.files().get(0).keptUntil()).isEqualTo(NOW.plus(WEEK.multipliedBy(2)));
    }

    @Test
    void aRestoredDayStaysForItsTimeAndThenGoesWithoutBeingWrittenAgain() {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 50);
        maintenance.pass();
        maintenance.restore("tool_logs", "2026-01-05", WEEK, rows -> {});
        Upkeep meanwhile =
                maintenance(thirtyDays(target), NOW.plus(WEEK).minusSeconds(1)).pass();
        assertThat(meanwhile.failures()).isEmpty();
        assertThat(count(LEAF)).isEqualTo(50);
        assertThat(meanwhile.deeds()).extracting(Deed::object).contains(LEAF + "_search");

        Upkeep later = maintenance(thirtyDays(target), NOW.plus(WEEK)).pass();
        assertThat(later.failures()).isEmpty();
        assertThat(later.deeds()).contains(new Deed(What.DROPPED, "tool_logs", LEAF, 50));
        assertThat(leaves()).doesNotContain(LEAF);
        assertThat(maintenance.files())
                .singleElement()
                .extracting(ArchivedFile::keptUntil)
                .isNull();
    }

    @Test
    void lateRowsOfARestoredDayAreArchivedBeforeItGoes() {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 50);
        maintenance.pass();
        maintenance.restore("tool_logs", "2026-01-05", WEEK, rows -> {});
        // As many come as go, so that counting would not show them.
        postgres.execute("DELETE FROM dise_g1.tool_logs WHERE source_offset < 5");
        insertLogs(OLD, 50, 55);
        Upkeep later = maintenance(thirtyDays(target), NOW.plus(WEEK)).pass();
        assertThat(archived(later))
                .containsExactly(new Deed(What.ARCHIVED, "tool_logs", "tool_logs/2026-01-05-p2.csv.zst", 50));
        assertThat(leaves()).doesNotContain(LEAF);
        Restored all = maintenance.restore("tool_logs", "2026-01-05", WEEK, rows -> {});
        assertThat(all.files()).isEqualTo(2);
        assertThat(all.rowsInFiles()).isEqualTo(all.inserted()).isEqualTo(55);
        assertThat(count(LEAF)).isEqualTo(55);
    }

    @Test
    void oldRowsOfTheRestLeaveToo() {
        insertLogs(LocalDate.of(1999, 12, 31), 20);
        insertLogs(TODAY.plusYears(3), 5);
        String before = digest("tool_logs");
        assertThat(archived(maintenance.pass()))
                .containsExactly(new Deed(What.ARCHIVED, "tool_logs", "tool_logs/rest-p1.csv.zst", 20));
        assertThat(count("tool_logs_rest")).isEqualTo(5);

        maintenance.restore("tool_logs", "rest", WEEK, rows -> {});
        assertThat(digest("tool_logs")).isEqualTo(before);
        assertThat(maintenance.pass().deeds()).isEmpty();
        Upkeep later = maintenance(thirtyDays(target), NOW.plus(WEEK)).pass();
        assertThat(later.deeds()).contains(new Deed(What.DROPPED, "tool_logs", "tool_logs_rest", 20));
        assertThat(count("tool_logs_rest")).isEqualTo(5);
        assertThat(maintenance.files()).hasSize(1);
    }

    @Test
    void aFileThatIsBrokenOrGoneIsFoundAndNothingIsRestoredFromIt() throws IOException {
        for (int day = 0; day < 3; day++) {
            addPartition("tool_logs", OLD.plusDays(day));
            insertLogs(OLD.plusDays(day), 100);
        }
        maintenance.pass();
        Path files = folder.resolve("dise_g1/tool_logs");
        Path broken = files.resolve("2026-01-05-p1.csv.zst");
        byte[] bytes = Files.readAllBytes(broken);
        bytes[bytes.length / 2] ^= 1;
        Files.write(broken, bytes);
        Files.delete(files.resolve("2026-01-06-p1.csv.zst"));
        Files.writeString(files.resolve("2026-01-08-p1.csv.zst"), "somebody else's");
        assertThat(maintenance.verify(rows -> {}))
                .extracting(Finding::file, Finding::state)
                .containsExactly(
                        tuple(FILE, State.BROKEN),
                        tuple("tool_logs/2026-01-06-p1.csv.zst", State.MISSING),
                        tuple("tool_logs/2026-01-07-p1.csv.zst", State.GOOD),
                        tuple("tool_logs/2026-01-08-p1.csv.zst", State.UNLISTED));
        for (String day : List.of("2026-01-05", "2026-01-06")) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> maintenance.restore("tool_logs", day, WEEK, rows -> {}))
                    .withMessageContaining(day + "-p1.csv.zst");
        }
        assertThat(count("tool_logs")).isZero();
        assertThat(maintenance.files())
                .allSatisfy(file -> assertThat(file.keptUntil()).isNull());
    }

    @Test
    void saysWhatIsNotArchived() {
        for (String[] wrong : new String[][] {{"tool_logs", "2026-01-05"}, {"tool_bugs", "2026-01-05"}}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> maintenance.restore(wrong[0], wrong[1], WEEK, rows -> {}))
                    .withMessageContaining("nothing of " + wrong[0]);
        }
        Instant later = NOW.plus(WEEK);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> maintenance(Keeping.forEver(), later).verify(rows -> {}))
                .withMessageContaining("set database.archive.target");
    }

    private static List<Deed> archived(Upkeep upkeep) {
        return upkeep.deeds().stream()
                .filter(deed -> deed.what() == What.ARCHIVED)
                .toList();
    }
}
