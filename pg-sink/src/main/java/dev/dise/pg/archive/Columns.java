package dev.dise.pg.archive;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The names of a table's columns. */
final class Columns {
    private static final String OF = "SELECT attname FROM pg_catalog.pg_attribute"
            + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum";

    private Columns() {}

    static List<String> of(Session session, String table) throws SQLException {
        return session.list(OF, row -> row.getString(1), table);
    }

    /** For a statement; a name that a file brings is never more than a name. */
    static String sql(List<String> names) {
        return names.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    }
}
