package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.pg.PgStack;
import dev.dise.pg.archive.Finding.State;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keeper that is killed between any two of its steps: the next one finishes, and no row is lost or doubled. */
class KillIT extends ArchiveRig {
    private static final LocalDate OLD = LocalDate.of(2026, 1, 5);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int ROWS = 40;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void archivingADay() {
        everywhere(
                at -> {
                    addPartition("tool_logs", OLD);
                    insertLogs(OLD, ROWS);
                },
                (maintenance, at) -> maintenance.pass(),
                at -> finish(at, "2026-01-05"));
    }

    @Test
    void archivingTheRest() {
        everywhere(at -> insertLogs(OLD, ROWS), (maintenance, at) -> maintenance.pass(), at -> finish(at, "rest"));
    }

    @Test
    void restoringADay() {
        everywhere(
                at -> {
                    addPartition("tool_logs", OLD);
                    insertLogs(OLD, ROWS);
                    maintenance(keeping(at)).pass();
                },
                (maintenance, at) -> maintenance.restore("tool_logs", "2026-01-05", WEEK, rows -> {}),
                at -> finish(at, "2026-01-05"));
    }

    /**
     * Kills before the first step, before the second, and so on, until there is no step left to kill before.
     *
     * @param prepare puts the rows there
     * @param work what is killed
     * @param finish what is done afterwards by a process that lives
     */
    private void everywhere(
            Consumer<Integer> prepare, BiConsumer<Maintenance, Integer> work, Consumer<Integer> finish) {
        maintenance(Keeping.forEver()).pass();
        for (int at = 1; ; at++) {
            emptyLogs();
            prepare.accept(at);
            MortalProcess process = new MortalProcess(at);
            Keeping keeping = keeping(at);
            Maintenance mortal = new Maintenance(
                    process.connections(postgres.reader()),
                    new Setting(
                            PgStack.GENERATION,
                            keeping,
                            Clock.fixed(NOW, ZoneOffset.UTC),
                            () -> process.archive(ArchiveStore.open(keeping.archive(), PgStack.GENERATION))));
            try {
                work.accept(mortal, at);
            } catch (IllegalStateException e) {
                assertThat(process.isDead()).as(e.toString()).isTrue();
            }
            finish.accept(at);
            if (!process.isDead()) {
                assertThat(at).isGreaterThan(15);
                return;
            }
        }
    }

    /** The partitions of the next days stay: making them anew each time takes longer than all the rest. */
    private static void emptyLogs() {
        postgres.execute("DROP TABLE IF EXISTS dise_g1.tool_logs_20260105");
        postgres.execute("TRUNCATE dise_g1.tool_logs");
        postgres.execute("TRUNCATE dise_g1.archives");
    }

    /** All rows are somewhere; a keeper that lives puts them into one file, from which they come back. */
    private void finish(int at, String day) {
        Maintenance maintenance = maintenance(keeping(at));
        long inTable = count("tool_logs");
        assertThat(inTable).as("killed before step " + at).isIn(0L, (long) ROWS);
        assertThat(inTable > 0 || maintenance.files().size() == 1).isTrue();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            Upkeep upkeep = maintenance.pass();
            assertThat(upkeep.failures()).isEmpty();
            return upkeep.ran();
        });
        assertThat(maintenance.files()).singleElement().satisfies(file -> {
            assertThat(file.day()).isEqualTo(day);
            assertThat(file.rows()).isEqualTo(ROWS);
        });
        assertThat(maintenance.verify(rows -> {}))
                .singleElement()
                .extracting(Finding::state)
                .isEqualTo(State.GOOD);
        maintenance.restore("tool_logs", day, WEEK, rows -> {});
        assertThat(texts("SELECT count(*) || ' ' || count(DISTINCT source_offset) FROM dise_g1.tool_logs"))
                .containsExactly(ROWS + " " + ROWS);
    }

    private Keeping keeping(int at) {
        return thirtyDays(ArchiveConfig.to(folder.resolve("killed-at-" + at).toString()));
    }
}
