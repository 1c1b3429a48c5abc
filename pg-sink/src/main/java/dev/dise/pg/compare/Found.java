package dev.dise.pg.compare;

import dev.dise.pg.Sql;
import dev.dise.runtime.compare.Finding;
import dev.dise.schemas.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Reads the table of findings. */
record Found(Sql sql, String scratch) {
    Map<Finding.Kind, Long> counts() throws SQLException {
        Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
        sql.list(
                "SELECT kind, count(*) FROM " + scratch + ".findings GROUP BY 1",
                row -> counts.put(Finding.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2)));
        return counts;
    }

    /** The first ones. */
    List<Finding> list(int limit) throws SQLException {
        return sql.list("SELECT * FROM " + scratch + ".findings ORDER BY number LIMIT ?", Found::read, limit);
    }

    private static Finding read(ResultSet row) throws SQLException {
        UUID eventId = row.getObject("event_id", UUID.class);
        return new Finding(
                Store.POSTGRES,
                Finding.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("table_name"),
                String.join("/", texts(row, "keys")),
                eventId.toString(),
                row.getString("source_topic") + "-" + row.getInt("source_partition") + "@"
                        + row.getLong("source_offset"),
                texts(row, "columns"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
