package dev.dise.pg.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table that says which files there are: a row is in it from the transaction on that removes the file's rows. */
final class Archives {
    private static final Pattern FILE = Pattern.compile("(?:\\.\\./\\w+/)?\\w+/(.+)-p\\d+\\.csv\\.zst");

    /** The name within its place, whichever generation's that is. */
    private static final String NAME = "regexp_replace(file, '^\\.\\./\\w+/', '')";

    private static final String SELECT =
            "SELECT table_name, file, rows, first_time, last_time, bytes, sha256, archived_at, kept_until FROM archives";

    private static final String ADD =
            "INSERT INTO archives (table_name, file, rows, first_time, last_time, bytes, sha256)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String KEEP =
            "UPDATE archives SET kept_until = ? WHERE table_name = ? AND starts_with(" + NAME + ", ?)";

    private static final String REPLACE = "UPDATE archives SET file = ?, rows = ?, first_time = ?, last_time = ?,"
            + " bytes = ?, sha256 = ? WHERE table_name = ? AND file = ?";
    private static final String REMOVE = "DELETE FROM archives WHERE table_name = ? AND file = ?";
    private static final Pattern PART = Pattern.compile("-p(\\d{1,9})\\.csv\\.zst$");

    private final Session session;

    Archives(Session session) {
        this.session = session;
    }

    /** All files, by table and time. */
    List<ArchivedFile> all() throws SQLException {
        return session.list(SELECT + " ORDER BY table_name, first_time, file", Archives::read);
    }

    /** Those of a day, or of the rest, in the order in which they were written. */
    List<ArchivedFile> of(DailyTable table, String label) throws SQLException {
        return session.list(
                SELECT + " WHERE table_name = ? AND starts_with(" + NAME
                        + ", ?) ORDER BY archived_at, length(file), file",
                Archives::read,
                table.tableName(),
                Slice.prefix(table, label));
    }

    /** That of a name. */
    Optional<ArchivedFile> named(DailyTable table, String file) throws SQLException {
        return session
                .list(SELECT + " WHERE table_name = ? AND file = ?", Archives::read, table.tableName(), file)
                .stream()
                .findFirst();
    }

    /** The number of the next file of a day: files may have been removed or replaced, so it is not their count. */
    static int nextPart(List<ArchivedFile> files) {
        int last = 0;
        for (ArchivedFile file : files) {
            Matcher part = PART.matcher(file.file());
            last = Math.max(last, part.find() ? Integer.parseInt(part.group(1)) : 0);
        }
        return last + 1;
    }

    /** Which days of a table have been restored and are to stay, by their labels. */
    Set<String> kept(DailyTable table, Instant now) throws SQLException {
        return new HashSet<>(session.list(
                SELECT + " WHERE table_name = ? AND kept_until > ?",
                row -> read(row).day(),
                table.tableName(),
                at(now)));
    }

    void add(String file, Manifest manifest) throws SQLException {
        session.update(
                ADD,
                manifest.table(),
                file,
                manifest.rows(),
                at(manifest.firstTime()),
                at(manifest.lastTime()),
                manifest.bytes(),
                manifest.sha256());
    }

    /** Another file has what is left of the rows of one. */
    void replace(String file, String newFile, Manifest manifest) throws SQLException {
        session.update(
                REPLACE,
                newFile,
                manifest.rows(),
                at(manifest.firstTime()),
                at(manifest.lastTime()),
                manifest.bytes(),
                manifest.sha256(),
                manifest.table(),
                file);
    }

    /** Nothing is left of a file's rows. */
    void remove(DailyTable table, String file) throws SQLException {
        session.update(REMOVE, table.tableName(), file);
    }

    /** The rows of a day's files are in the table until then. */
    void keep(DailyTable table, String label, Instant until) throws SQLException {
        session.update(KEEP, at(until), table.tableName(), Slice.prefix(table, label));
    }

    /** The rows of a day's files are in the table no more. */
    void release(DailyTable table, String label) throws SQLException {
        session.update(KEEP, null, table.tableName(), Slice.prefix(table, label));
    }

    private static ArchivedFile read(ResultSet row) throws SQLException {
        String file = row.getString("file");
        Matcher name = FILE.matcher(file);
        OffsetDateTime keptUntil = row.getObject("kept_until", OffsetDateTime.class);
        return new ArchivedFile(
                row.getString("table_name"),
                name.matches() ? name.group(1) : "",
                file,
                row.getLong("rows"),
                instant(row, "first_time"),
                instant(row, "last_time"),
                row.getLong("bytes"),
                row.getString("sha256"),
                instant(row, "archived_at"),
                keptUntil == null ? null : keptUntil.toInstant());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
