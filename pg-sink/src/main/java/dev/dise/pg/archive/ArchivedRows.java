package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.sink.Partition;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Brings archived rows into a generation that is built, where the topic has lost them. */
public final class ArchivedRows {
    private ArchivedRows() {}

    /**
     * Which rows are wanted.
     *
     * @param begins of each partition the oldest offset that the topic still has: only rows before it
     * @param oldest by table: no row before it
     */
    public record Wanted(Map<Partition, Long> begins, Map<String, Instant> oldest) {
        public Wanted {
            begins = Map.copyOf(begins);
            oldest = Map.copyOf(oldest);
        }

        private String condition(DailyTable table) {
            String lost = begins.entrySet().stream()
                    .map(begin -> "(source_partition = " + begin.getKey().number() + " AND source_offset < "
                            + begin.getValue() + ")")
                    .collect(Collectors.joining(" OR ", "(", ")"));
            Instant first = oldest.get(table.tableName());
            return first == null ? lost : lost + " AND event_time >= TIMESTAMPTZ '" + first + "'";
        }
    }

    /**
     * Loads them in the transaction of the session, after every file was read and found to be what was written.
     *
     * @param session whose generation is empty, and knows what has been archived
     * @param watcher is told how many rows have been read
     * @return the tables that got rows
     * @throws IllegalStateException if a file is missing or broken, with the names of all such
     */
    public static List<String> load(
            Session session, Keeping keeping, Generation generation, Wanted wanted, LongConsumer watcher)
            throws SQLException {
        Archives archives = new Archives(session);
        List<ArchivedFile> files = archives.all();
        if (files.isEmpty()) {
            return List.of();
        }
        try (ArchiveStore store = ArchiveStore.open(keeping.archive(), generation)) {
            requireGood(store, files);
            return load(session, new RestoredRows(session, new ArchiveReader(store)), files, wanted, watcher);
        } catch (IOException e) {
            throw new IllegalStateException("the archive cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireGood(ArchiveStore store, List<ArchivedFile> files) throws IOException {
        List<String> bad = new Verification(store)
                .of(files, rows -> {}).stream()
                        .filter(finding ->
                                finding.state() == Finding.State.MISSING || finding.state() == Finding.State.BROKEN)
                        .map(finding -> finding.file() + " (" + finding.detail() + ")")
                        .toList();
        if (!bad.isEmpty()) {
            throw new IllegalStateException(bad.size() + " of " + files.size()
                    + " archived files are missing or broken, and nothing was built from them: "
                    + String.join("; ", bad)
                    + ". Bring them back, or build without them by --accept-gap");
        }
    }

    private static List<String> load(
            Session session, RestoredRows rows, List<ArchivedFile> files, Wanted wanted, LongConsumer watcher)
            throws SQLException, IOException {
        List<String> filled = new ArrayList<>();
        for (DailyTable table : DailyTable.values()) {
            List<ArchivedFile> own = files.stream()
                    .filter(file -> file.table().equals(table.tableName()))
                    .toList();
            if (own.isEmpty()) {
                continue;
            }
            addDays(session, table, own);
            rows.load(table, own, watcher);
            if (rows.insertAnew(table.tableName(), wanted.condition(table)) > 0) {
                filled.add(table.tableName());
            }
        }
        // They are in files, so that they need not be written again when they leave.
        session.update("UPDATE archives SET kept_until = coalesce(kept_until, now())");
        return filled;
    }

    private static void addDays(Session session, DailyTable table, List<ArchivedFile> files) throws SQLException {
        for (String day : files.stream().map(ArchivedFile::day).distinct().toList()) {
            if (!day.equals(Slice.REST)) {
                Leaves.add(session, new Leaf(table, LocalDate.parse(day)));
            }
        }
    }
}
