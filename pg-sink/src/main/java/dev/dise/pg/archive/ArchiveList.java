package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import java.sql.SQLException;

/** What a new generation takes over of the list of archived files. The files themselves stay where they are. */
public final class ArchiveList {
    /** A file of another generation is named from this one's place, as in {@code ../dise_g1/tool_logs/…}. */
    private static final String INHERIT =
            "INSERT INTO archives (table_name, file, rows, first_time, last_time, bytes, sha256, archived_at, kept_until)"
                    + " SELECT table_name, CASE WHEN starts_with(file, '../') THEN file ELSE '../%1$s/' || file END,"
                    + " rows, first_time, last_time, bytes, sha256, archived_at, kept_until FROM %1$s.archives"
                    + " ON CONFLICT DO NOTHING";

    private ArchiveList() {}

    /** Lets the session's generation know what has left another one; doing so again adds what has left since. */
    public static void inherit(Session session, Generation other) throws SQLException {
        session.update(INHERIT.formatted(other.schema()));
    }
}
