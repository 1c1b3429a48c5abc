package dev.dise.pg.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveIT extends ArchiveRig {
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
    void whatIsOlderThanItsRetentionGoesToAFileAndComesBackTheSame() {
        for (DailyTable table : DailyTable.values()) {
            addPartition(table.tableName(), OLD);
        }
        postgres.execute(OddRows.logs(OLD));
        postgres.execute(OddRows.debugData(OLD));
        postgres.execute(OddRows.performance(OLD));
        postgres.execute(OddRows.conversations(OLD));
        Duration kept = Duration.ofDays(30);
        Keeping keeping = new Keeping(
                Map.of("tool_logs", kept, "tool_debug_data", kept, "tool_performance", kept, "conversations", kept),
                target);
        goesAndComesBack(maintenance(keeping));
    }

    @Test
    void theSameInABucketOfS3() throws Exception {
        addPartition("tool_logs", OLD);
        postgres.execute(OddRows.logs(OLD));
        S3Server server = S3Server.start();
        try {
            goesAndComesBack(maintenance(thirtyDays(server.config("s3://" + server.makeBucket()))));
        } finally {
            server.stop();
        }
    }

    private static void goesAndComesBack(Maintenance maintenance) {
        List<String> leaves = leaves();
        List<String> digests = leaves.stream().map(ArchiveRig::digest).toList();
        long rows = leaves.stream().mapToLong(ArchiveRig::count).sum();
        assertThat(rows).isGreaterThanOrEqualTo(11);

        Upkeep upkeep = maintenance.pass();
        assertThat(upkeep.failures()).isEmpty();
        assertThat(archived(upkeep).stream().mapToLong(Deed::rows).sum()).isEqualTo(rows);
        assertThat(leaves()).doesNotContainAnyElementsOf(leaves);
        assertThat(maintenance.files())
                .hasSameSizeAs(leaves)
                .allSatisfy(file -> assertThat(file.day()).isEqualTo("2026-01-05"))
                .allSatisfy(file -> assertThat(file.keptUntil()).isNull());
        assertThat(maintenance.verify(read -> {}))
                .hasSameSizeAs(leaves)
                .allSatisfy(finding -> assertThat(finding.state()).isEqualTo(State.GOOD));

        List<Long> progress = new ArrayList<>();
        for (ArchivedFile file : maintenance.files()) {
            Restored restored = maintenance.restore(file.table(), file.day(), WEEK, progress::add);
            assertThat(restored.inserted()).isEqualTo(restored.rowsInFiles()).isEqualTo(file.rows());
            assertThat(restored.keptUntil()).isEqualTo(NOW.plus(WEEK));
            assertThat(progress.get(progress.size() - 1)).isEqualTo(file.rows());
        }
        assertThat(leaves.stream().map(ArchiveRig::digest).toList()).isEqualTo(digests);
    }

    @Test
    void theManifestSaysWhatIsInTheFile() throws IOException {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 100);
        maintenance.pass();
        ArchivedFile file = maintenance.files().get(0);
        byte[] json = Files.readAllBytes(folder.resolve("dise_g1").resolve(FILE + ".manifest.json"));
        Manifest manifest = Manifest.decode(FILE, json);
        assertThat(file.file()).isEqualTo(FILE);
        assertThat(manifest.rows()).isEqualTo(file.rows()).isEqualTo(100);
        assertThat(manifest.bytes())
                .isEqualTo(file.bytes())
                .isEqualTo(Files.size(folder.resolve("dise_g1").resolve(FILE)));
        assertThat(manifest.sha256()).isEqualTo(file.sha256());
        assertThat(manifest.columns()).startsWith("id", "tool_id").endsWith("source_offset");
        assertThat(manifest.firstTime()).isEqualTo(file.firstTime()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(manifest.lastTime()).isEqualTo(file.lastTime()).isEqualTo("2026-01-05T00:01:39Z");
        assertThat(manifest.generation()).isEqualTo(1);
        assertThat(new String(json, UTF_8))
                .contains("\"day\":\"2026-01-05\"", "\"created_at\":\"2026-03-10T12:00:00Z\"");
    }

    @Test
    void whatIsYoungEnoughStays() {
        LocalDate first = TODAY.minusDays(30);
        for (LocalDate day : List.of(first.minusDays(1), first)) {
            addPartition("tool_logs", day);
            addPartition("conversations", day);
            insertLogs(day, 3);
        }
        Upkeep upkeep = maintenance.pass();
        assertThat(archived(upkeep))
                .singleElement()
                .extracting(Deed::object)
                .isEqualTo("tool_logs/2026-02-07-p1.csv.zst");
        assertThat(leaves())
                .doesNotContain("tool_logs_20260207")
                .contains("tool_logs_20260208", "conversations_20260207");
    }

    @Test
    void lateRowsOfAnArchivedDayMakeASecondFile() {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 10);
        maintenance.pass();
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 10, 13);
        assertThat(archived(maintenance.pass()))
                .extracting(Deed::object, Deed::rows)
                .containsExactly(tuple("tool_logs/2026-01-05-p2.csv.zst", 3L));
        assertThat(maintenance
                        .restore("tool_logs", "2026-01-05", WEEK, rows -> {})
                        .inserted())
                .isEqualTo(13);
    }

    @Test
    void whoDecidedForNoArchiveGetsNone() {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 10);
        insertLogs(LocalDate.of(1999, 12, 31), 20);
        Upkeep upkeep = maintenance(thirtyDays(ArchiveConfig.to("none"))).pass();
        assertThat(upkeep.failures()).isEmpty();
        assertThat(upkeep.deeds())
                .contains(
                        new Deed(What.DROPPED, "tool_logs", LEAF, 10),
                        new Deed(What.DROPPED, "tool_logs", "tool_logs_rest", 20));
        assertThat(count("tool_logs")).isZero();
        assertThat(maintenance.files()).isEmpty();
    }

    @Test
    void anEmptyPartitionGoesWithoutAFile() {
        addPartition("tool_logs", OLD);
        assertThat(maintenance.pass().deeds()).contains(new Deed(What.DROPPED, "tool_logs", LEAF, 0));
        assertThat(leaves()).doesNotContain(LEAF);
        assertThat(folder.resolve("dise_g1")).doesNotExist();
    }

    @Test
    void severalKeepersAtOnceArchiveOnce() throws Exception {
        for (int day = 0; day < 5; day++) {
            addPartition("tool_logs", OLD.plusDays(day));
            insertLogs(OLD.plusDays(day), 100);
        }
        CyclicBarrier together = new CyclicBarrier(3);
        Callable<Upkeep> keeper = () -> {
            together.await();
            return maintenance(thirtyDays(target)).pass();
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (var done :
                    threads.invokeAll(Stream.generate(() -> keeper).limit(3).toList())) {
                assertThat(done.get().failures()).isEmpty();
            }
        }
        assertThat(count("tool_logs")).isZero();
        assertThat(maintenance.files()).hasSize(5);
        assertThat(maintenance.verify(rows -> {}))
                .hasSize(5)
                .allSatisfy(finding -> assertThat(finding.state()).isEqualTo(State.GOOD));
    }

    @Test
    void filesOfAnotherDatabaseAreNotWrittenOver() {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 10);
        maintenance.pass();
        // As a database that is made anew: it knows nothing of the file.
        postgres.execute("TRUNCATE dise_g1.archives");
        postgres.execute("UPDATE dise_g1.flyway_schema_history SET installed_on = installed_on + interval '1 second'");
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 20, 30);
        Upkeep upkeep = maintenance.pass();
        assertThat(upkeep.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.why()).contains(FILE, "name another database.archive.target"));
        assertThat(count(LEAF)).isEqualTo(10);
    }

    private static List<Deed> archived(Upkeep upkeep) {
        return upkeep.deeds().stream()
                .filter(deed -> deed.what() == What.ARCHIVED)
                .toList();
    }
}
