package dev.dise.pg.compare;

import dev.dise.pg.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement that finds what differs in one table: {@code s} is a row that should be there, {@code l} one that is. All
 * names come from the catalogue of tables and from the generations' schemas.
 */
record ComparisonSql(StoredTable table, String scratch, String live, Extent extent) {
    /** Puts what differs into {@code findings}; one parameter if the table has days: the time that rows are kept from. */
    String find() {
        return "INSERT INTO " + scratch + ".findings (table_name, kind, keys, event_id, source_topic, source_partition,"
                + " source_offset, columns) SELECT '" + table.name() + "', " + kind() + ", ARRAY[" + keys() + "],"
                + " coalesce(s.event_id, l.event_id), coalesce(s.source_topic, l.source_topic),"
                + " coalesce(s.source_partition, l.source_partition), coalesce(s.source_offset, l.source_offset), "
                + differing() + " FROM " + joined() + " WHERE (" + isMissing() + " OR " + isExtra() + " OR "
                + isOther() + ")" + isKept();
    }

    /** Counts live rows of which nothing can be said; one parameter if the table has days. */
    String countUnverifiable() {
        return "SELECT count(*) FROM " + live + "." + table.name() + " AS l WHERE l.source_offset < " + first()
                + " AND NOT EXISTS (SELECT FROM " + scratch + "." + table.name() + " AS s WHERE " + sameKey() + ")"
                + (table.isByDay() ? " AND l.event_time >= ?" : "");
    }

    private String kind() {
        String stale = table.isEntity() ? " WHEN " + isStale() + " THEN 'stale'" : "";
        return "CASE WHEN l.event_id IS NULL THEN 'missing' WHEN s.event_id IS NULL THEN 'extra'" + stale
                + " ELSE 'different' END";
    }

    private String keys() {
        return table.key().stream()
                .map(column -> "coalesce(s." + column + ", l." + column + ")::text")
                .collect(Collectors.joining(", "));
    }

    private String joined() {
        return scratch + "." + table.name() + " AS s FULL JOIN " + live + "." + table.name() + " AS l ON " + sameKey();
    }

    private String sameKey() {
        return table.key().stream()
                .map(column -> "s." + column + " = l." + column)
                .collect(Collectors.joining(" AND "));
    }

    private String differing() {
        return compared().stream()
                .map(column -> "CASE WHEN s.event_id IS NOT NULL AND l.event_id IS NOT NULL AND " + differs(column)
                        + " THEN '" + column + "' END")
                .collect(Collectors.joining(", ", "array_remove(ARRAY[", "]::text[], NULL)"));
    }

    /** Rows that have left by their retention stay in the topic. */
    private String isMissing() {
        String left = !table.isByDay()
                ? ""
                : " AND NOT EXISTS (SELECT FROM " + live + ".archives AS a WHERE a.table_name = '" + table.name()
                        + "' AND s.event_time BETWEEN a.first_time AND a.last_time"
                        + " AND (a.kept_until IS NULL OR a.kept_until <= now()))";
        return "(l.event_id IS NULL" + left + ")";
    }

    private String isExtra() {
        return switch (extent) {
            case ALL -> "s.event_id IS NULL";
            case WITHOUT_BEGINNING -> "(s.event_id IS NULL AND coalesce(l.source_offset >= " + first() + ", TRUE))";
            case SINCE ->
                table.isEntity()
                        ? "FALSE"
                        : "(s.event_id IS NULL AND coalesce(l.source_offset >= " + first() + ", FALSE))";
        };
    }

    /** Of two versions of an entity nothing but their order is to be said if the events before them are not known. */
    private String isOther() {
        String both = "s.event_id IS NOT NULL AND l.event_id IS NOT NULL AND ";
        String differs = compared().stream().map(this::differs).collect(Collectors.joining(" OR ", "(", ")"));
        if (table.isEntity() && extent.isPartial()) {
            return "(" + both + "(" + isStale() + " OR (s.event_id = l.event_id AND " + differs + ")))";
        }
        return "(" + both + differs + ")";
    }

    private static String isStale() {
        return "(l.event_time, l.source_offset) < (s.event_time, s.source_offset)";
    }

    private String differs(String column) {
        String differs = "s." + column + " IS DISTINCT FROM l." + column;
        return table.isEntity() && extent.isPartial() && table.data().contains(column)
                ? "(" + differs + " AND (s.deleted_at IS NOT NULL OR '" + column + "' = ANY (s.fields)))"
                : "(" + differs + ")";
    }

    private List<String> compared() {
        List<String> columns = new ArrayList<>(table.columns());
        columns.removeAll(table.key());
        if (extent.isPartial()) {
            // The same event may have come before what was read, and then the row is of that record.
            columns.removeAll(StoredTable.SOURCE);
            columns.removeAll(List.of("first_seen", "occurrences"));
        }
        return columns;
    }

    private String isKept() {
        return table.isByDay() ? " AND coalesce(s.event_time, l.event_time) >= ?" : "";
    }

    private String first() {
        return "(SELECT r.first_offset FROM " + scratch
                + ".ranges r WHERE r.topic = l.source_topic AND r.partition = l.source_partition)";
    }
}
