package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import java.sql.SQLException;

/** What a new generation takes over of the list of archived files. The files themselves stay where they are. */
public final class ArchiveList {
    private ArchiveList() {}

    /**
     * Lets the session's generation know what has left another one; doing so again adds what has left since. A file of another
     * generation is named from this one's place, as in {@code ../dise_g1/tool_logs/…}.
     */
    public static void inherit(Session session, Generation other) throws SQLException {
        String schema = other.schema();
        session.update("INSERT INTO archives"
                + " (table_name, file, rows, first_time, last_time, bytes, sha256, archived_at, kept_until)"
                + " SELECT table_name, CASE WHEN starts_with(file, '../') THEN file ELSE '../" + schema
                + "/' || file END, rows, first_time, last_time, bytes, sha256, archived_at, kept_until FROM " + schema
                + ".archives ON CONFLICT DO NOTHING");
    }
}
