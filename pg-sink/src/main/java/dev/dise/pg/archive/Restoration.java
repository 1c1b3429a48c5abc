package dev.dise.pg.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;

/** Puts the rows of a day back into their table, with the ids that they had. Restoring twice stores once. */
final class Restoration {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Times that the partition may vanish under it: a keeper may be about to drop it. */
    private static final int TRIES = 3;

    private final Session session;
    private final Archives archives;
    private final RestoredRows rows;

    Restoration(Session session, Archives archives, RestoredRows rows) {
        this.session = session;
        this.archives = archives;
        this.rows = rows;
    }

    /**
     * Restores all files of a day, or of the rest. Nothing is in the table before all of them are verified; the rows
     * come in one transaction, and from a moment before it on they are safe from the keeper.
     *
     * @param watcher is told how many rows have been read
     * @throws IllegalArgumentException if nothing of that day is archived
     */
    Restored restore(DailyTable table, String label, Instant keptUntil, LongConsumer watcher)
            throws SQLException, IOException {
        List<ArchivedFile> files = archives.of(table, label);
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing of " + table.tableName() + " " + label + " is archived; see ./dise archive list");
        }
        session.waitForLocks(PATIENCE);
        rows.load(table, files, watcher);
        archives.keep(table, label, keptUntil);
        long inserted = label.equals(Slice.REST)
                ? insertInto(table.tableName(), table)
                : insertInto(new Leaf(table, LocalDate.parse(label)));
        return new Restored(table.tableName(), label, files.size(), rows.distinct(table), inserted, keptUntil);
    }

    /** Into the partition itself, so that rows cannot end up in the rest if somebody drops it at this moment. */
    private long insertInto(Leaf leaf) throws SQLException {
        for (int tries = 1; ; tries++) {
            Leaves.add(session, leaf);
            try {
                return insertInto(leaf.name(), leaf.table());
            } catch (SQLException e) {
                if (tries == TRIES || !Session.isNoTable(e)) {
                    throw e;
                }
            }
        }
    }

    private long insertInto(String target, DailyTable table) throws SQLException {
        return session.<Long, IllegalStateException>atomically(() -> {
            long inserted = rows.insertInto(target);
            long missing = rows.missingIn(target, table);
            if (missing > 0) {
                throw new IllegalStateException(missing + " rows of the files are not in " + target
                        + " after they were restored; nothing was changed");
            }
            return inserted;
        });
    }
}
