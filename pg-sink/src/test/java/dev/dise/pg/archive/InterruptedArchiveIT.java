package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.pg.PgStack;
import dev.dise.pg.archive.Upkeep.Deed;
import dev.dise.pg.archive.Upkeep.What;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a day while it is archived. */
class InterruptedArchiveIT extends ArchiveRig {
    private static final LocalDate OLD = LocalDate.of(2026, 1, 5);
    private static final String LEAF = "tool_logs_20260105";
    private static final String FILE = "tool_logs/2026-01-05-p1.csv.zst";

    @TempDir
    private Path folder = Path.of("");

    private ArchiveConfig target = ArchiveConfig.unset();

    @BeforeEach
    void insertAnOldDay() {
        target = ArchiveConfig.to(folder.toString());
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 100);
    }

    @Test
    void rowsThatComeWhileItIsArchivedAreNotLost() {
        Upkeep first = whenRead(() -> insertLogs(OLD, 100, 103)).pass();
        assertThat(first.failures()).isEmpty();
        assertThat(first.deeds()).contains(new Deed(What.LEFT, "tool_logs", FILE, 100));
        assertThat(count(LEAF)).isEqualTo(103);
        assertThat(maintenance(keeping()).files()).isEmpty();
        finish(103);
    }

    @Test
    void rowsThatTakeThePlaceOfOthersAreNotLost() {
        Upkeep first = whenRead(() -> {
                    postgres.execute("DELETE FROM dise_g1.tool_logs WHERE source_offset = 7");
                    insertLogs(OLD, 100, 101);
                })
                .pass();
        assertThat(first.deeds()).contains(new Deed(What.LEFT, "tool_logs", FILE, 100));
        finish(100);
    }

    @Test
    void aDayThatSomebodyReadsIsLeftUntilTheyAreDone() throws SQLException {
        maintenance(Keeping.forEver()).pass();
        try (Connection reader = postgres.reader().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM dise_g1.tool_logs");
            Upkeep first = maintenance(keeping()).pass();
            assertThat(first.failures())
                    .singleElement()
                    .satisfies(
                            failure -> assertThat(failure.toString()).contains("retention of " + LEAF, "lock timeout"));
            assertThat(count(LEAF)).isEqualTo(100);
            reader.rollback();
        }
        finish(100);
    }

    @Test
    void aDayThatIsRestoredAtThisMomentStays() {
        Maintenance other = maintenance(keeping());
        other.pass();
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 100, 110);
        Upkeep second = whenRead(() -> other.restore("tool_logs", "2026-01-05", Duration.ofDays(1), rows -> {}))
                .pass();
        assertThat(second.failures()).isEmpty();
        assertThat(count(LEAF)).isEqualTo(110);
        assertThat(other.files()).hasSize(1);
    }

    @Test
    void aFileThatReadsBackOtherwiseRemovesNothing() {
        Maintenance maintenance = new Maintenance(postgres.reader(), setting(new WatchedStore(store(), () -> {}) {
            @Override
            public InputStream get(String name) throws IOException {
                byte[] bytes = super.get(name).readAllBytes();
                if (name.equals(FILE)) {
                    bytes[bytes.length - 1] ^= 1;
                }
                return new ByteArrayInputStream(bytes);
            }
        }));
        assertThat(maintenance.pass().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.why()).contains(FILE));
        assertThat(count(LEAF)).isEqualTo(100);
        finish(100);
    }

    @Test
    void anArchiveThatIsAwayStopsNothingElse() {
        postgres.execute("DROP TABLE dise_g1." + LEAF);
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 100);
        insertLogs(TODAY.minusYears(20), 5);
        ArchiveConfig nowhere = ArchiveConfig.to("/dev/null/archive");
        Upkeep first = maintenance(thirtyDays(nowhere)).pass();
        assertThat(first.failures()).hasSize(2);
        assertThat(first.deeds()).extracting(Deed::what).contains(What.PARTITION_ADDED);
        assertThat(count("tool_logs")).isEqualTo(105);
    }

    private void finish(long rows) {
        Maintenance maintenance = maintenance(keeping());
        Upkeep upkeep = maintenance.pass();
        assertThat(upkeep.failures()).isEmpty();
        assertThat(upkeep.deeds()).contains(new Deed(What.ARCHIVED, "tool_logs", FILE, rows));
        assertThat(maintenance.files())
                .singleElement()
                .extracting(ArchivedFile::rows)
                .isEqualTo(rows);
        assertThat(maintenance
                        .restore("tool_logs", "2026-01-05", Duration.ofDays(1), read -> {})
                        .inserted())
                .isEqualTo(rows);
    }

    /** A keeper beside which something happens when it has written its file and reads it back. */
    private Maintenance whenRead(Runnable event) {
        return new Maintenance(postgres.reader(), setting(new WatchedStore(store(), event)));
    }

    private ArchiveStore store() {
        return ArchiveStore.open(target, PgStack.GENERATION);
    }

    private Setting setting(ArchiveStore store) {
        return new Setting(PgStack.GENERATION, keeping(), Clock.fixed(NOW, ZoneOffset.UTC), () -> store);
    }

    private Keeping keeping() {
        return thirtyDays(target);
    }

    private static class WatchedStore implements ArchiveStore {
        private final ArchiveStore real;
        private final Runnable event;

        WatchedStore(ArchiveStore real, Runnable event) {
            this.real = real;
            this.event = event;
        }

        @Override
        public Draft create(String name) throws IOException {
            return real.create(name);
        }

        @Override
        public InputStream get(String name) throws IOException {
            if (name.endsWith(".zst")) {
                event.run();
            }
            return real.get(name);
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            return real.list(prefix);
        }

        @Override
        public void remove(String name) throws IOException {
            real.remove(name);
        }

        @Override
        public void removeDrafts() throws IOException {
            real.removeDrafts();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
