package dev.dise.pg;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of a table. Every identifier comes from {@link Tables}; every value is bound, as one array for each column,
 * so that a statement has the same shape for one row and for thousands.
 */
final class Statements {
    /** Columns that every table has beside its own, with how their text is cast. */
    private static final List<Column> SOURCE = List.of(
            new Column("event_id", "", Column.Type.TEXT),
            new Column("event_time", "", Column.Type.TIMESTAMPTZ),
            Column.text("run_id"),
            new Column("made_safe", "", Column.Type.FLAG),
            Column.text("source_topic"),
            new Column("source_partition", "", Column.Type.BIGINT),
            new Column("source_offset", "", Column.Type.BIGINT));

    /** Rows are locked in the order in which they were sent, whatever plan is chosen. */
    private static final String IN_ORDER = " ORDER BY position";

    private Statements() {}

    /** Straight into an append-only table; the columns of the table, then those of its source. */
    static String copy(Table table) {
        return "COPY " + table.name() + " (" + names(columns(table)) + ") FROM STDIN (FORMAT binary)";
    }

    /**
     * Which of some ids are there; in a table of days, from one midnight up to another. Each id is looked up by itself: with
     * all of them at once a planner that knows little of a new partition reads all of its times instead.
     */
    static String stored(Table table) {
        return "SELECT wanted FROM unnest(?::uuid[]) AS wanted CROSS JOIN LATERAL (SELECT FROM " + table.name()
                + " AS t WHERE t.event_id = wanted"
                + (table.isPartitioned() ? " AND event_time >= ? AND event_time < ?" : "")
                + " LIMIT 1) AS there";
    }

    static String insert(Table table) {
        return table.kind() == Table.Kind.APPEND ? append(table) : upsert(table);
    }

    /** Into an append-only table, whatever is there. */
    static String add(Table table) {
        List<Column> columns = columns(table);
        return "INSERT INTO " + table.name() + " (" + names(columns) + ") SELECT " + casts(columns) + " FROM "
                + unnest(columns.size()) + IN_ORDER;
    }

    private static String append(Table table) {
        List<Column> columns = columns(table);
        return "INSERT INTO " + table.name() + " (" + names(columns) + ") SELECT " + casts(columns) + " FROM "
                + unnest(columns.size()) + unlessElsewhere(table, columns) + IN_ORDER + " ON CONFLICT DO NOTHING";
    }

    /** A unique index is one partition's own, so the others are asked. */
    private static String unlessElsewhere(Table table, List<Column> columns) {
        if (!table.isPartitioned()) {
            return "";
        }
        return table.key().stream()
                .map(column -> "t." + column + " = " + cast(columns, column))
                .collect(Collectors.joining(
                        " AND ", " WHERE NOT EXISTS (SELECT FROM " + table.name() + " AS t WHERE ", ")"));
    }

    /**
     * Newest version wins: event time first, later in the log on a tie; the same event again is no version. What the
     * newer event does not mention stays, unless one of the two is a deletion.
     */
    private static String upsert(Table table) {
        List<Column> columns = columns(table);
        int deleted = columns.size();
        int fields = deleted + 1;
        String list = names(columns) + ", first_seen, deleted_at, fields";
        String select = casts(columns) + ", " + cast(columns, "event_time") + ", v" + deleted
                + "::timestamptz, string_to_array(v" + fields + ", ',')";
        return "INSERT INTO " + table.name() + " AS t (" + list + ") SELECT " + select + " FROM "
                + unnest(columns.size() + 2) + IN_ORDER + " ON CONFLICT (" + String.join(", ", table.key())
                + ") DO UPDATE SET " + assignments(table)
                + " WHERE (t.event_time, t.source_offset) < (excluded.event_time, excluded.source_offset)"
                + " AND t.event_id <> excluded.event_id"
                + " RETURNING t.event_id";
    }

    private static String assignments(Table table) {
        List<String> sets = new ArrayList<>();
        for (Column column : table.columns()) {
            String name = column.name();
            if (!table.key().contains(name)) {
                sets.add(name + " = CASE WHEN excluded.deleted_at IS NOT NULL OR t.deleted_at IS NOT NULL OR '" + name
                        + "' = ANY (excluded.fields) THEN excluded." + name + " ELSE t." + name + " END");
            }
        }
        for (Column column : SOURCE) {
            sets.add(column.name() + " = excluded." + column.name());
        }
        sets.add("ingested_at = now()");
        sets.add("deleted_at = excluded.deleted_at");
        sets.add("fields = excluded.fields");
        sets.add("occurrences = CASE WHEN t.deleted_at IS NULL THEN t.occurrences + 1 ELSE 1 END");
        sets.add("first_seen = CASE WHEN t.deleted_at IS NULL THEN t.first_seen ELSE excluded.first_seen END");
        return String.join(", ", sets);
    }

    private static List<Column> columns(Table table) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.addAll(SOURCE);
        return columns;
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String casts(List<Column> columns) {
        return columns.stream().map(column -> cast(columns, column.name())).collect(Collectors.joining(", "));
    }

    private static String cast(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return name.equals("event_id")
                        ? "v" + i + "::uuid"
                        : columns.get(i).type().cast("v" + i);
            }
        }
        throw new IllegalArgumentException("no column " + name);
    }

    private static String unnest(int arrays) {
        StringBuilder parameters = new StringBuilder();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < arrays; i++) {
            String comma = i == 0 ? "" : ", ";
            parameters.append(comma).append("?::text[]");
            names.append(comma).append('v').append(i);
        }
        return "unnest(" + parameters + ") WITH ORDINALITY AS u (" + names + ", position)";
    }
}
