package dev.dise.pg.archive;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The rows of archived files in a table that only this session sees, where they can be compared. */
final class RestoredRows {
    private static final String TABLE = "restored";

    private final Session session;
    private final ArchiveReader reader;

    RestoredRows(Session session, ArchiveReader reader) {
        this.session = session;
        this.reader = reader;
    }

    /**
     * Loads all rows of files, each of which is verified first; forgets what was loaded before.
     *
     * @param watcher is told how many rows have been loaded
     * @throws BrokenFileException if one is not what was written
     */
    void load(DailyTable table, List<ArchivedFile> files, LongConsumer watcher) throws SQLException, IOException {
        session.execute("DROP TABLE IF EXISTS pg_temp." + TABLE);
        session.execute("CREATE TEMP TABLE " + TABLE + " (LIKE " + table.tableName() + " INCLUDING DEFAULTS)");
        long loaded = 0;
        for (ArchivedFile file : files) {
            long before = loaded;
            loaded += load(file, rows -> watcher.accept(before + rows));
        }
        session.execute("ANALYZE " + TABLE);
    }

    /** How many rows of a slice are in no file. */
    long missingOf(Slice slice) throws SQLException {
        return count("FROM " + slice.rows() + " LEFT JOIN " + TABLE + " USING ("
                + slice.table().key() + ") WHERE " + TABLE + ".event_time IS NULL");
    }

    /** How many rows of the files are not in a table. */
    long missingIn(String target, DailyTable table) throws SQLException {
        return count("FROM " + TABLE + " LEFT JOIN " + target + " AS target USING (" + table.key()
                + ") WHERE target.event_time IS NULL");
    }

    /** How many different rows the files have. */
    long distinct(DailyTable table) throws SQLException {
        return count("FROM (SELECT DISTINCT " + table.key() + " FROM " + TABLE + ") AS rows");
    }

    /** Puts rows that are not there yet into a table; returns how many. */
    long insertInto(String target) throws SQLException {
        String columns = Columns.sql(Columns.of(session, TABLE));
        return session.update("INSERT INTO " + target + " (" + columns + ") SELECT " + columns + " FROM " + TABLE
                + " ON CONFLICT DO NOTHING");
    }

    /** Adds rows that meet a condition as new ones, with ids of their table's own; looks at nothing that is there. */
    long insertAnew(String target, String condition) throws SQLException {
        List<String> columns = new ArrayList<>(Columns.of(session, TABLE));
        columns.remove("id");
        String names = Columns.sql(columns);
        return session.update("INSERT INTO " + target + " (" + names + ") SELECT " + names + " FROM " + TABLE
                + " WHERE " + condition + " ON CONFLICT DO NOTHING");
    }

    private long load(ArchivedFile file, LongConsumer watcher) throws SQLException, IOException {
        Manifest manifest = reader.verify(file, rows -> {});
        try (InputStream rows = reader.rows(file.file(), watcher)) {
            return session.copyIn(
                    "COPY " + TABLE + " (" + Columns.sql(manifest.columns())
                            + ") FROM STDIN (FORMAT csv, HEADER MATCH)",
                    rows);
        }
    }

    private long count(String from) throws SQLException {
        return session.one("SELECT count(*) " + from, row -> row.getLong(1));
    }
}
