package dev.dise.pg.compare;

import dev.dise.pg.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that make the rows of one table what they should be, and touch no others; {@code f} is a finding. */
record MendingSql(StoredTable table, String scratch, String live, Extent extent) {
    /** In their order. */
    List<String> statements() {
        if (table.isEntity() && extent.isPartial()) {
            return List.of(updateEntities(), insert("f.kind = 'missing'"), delete("f.kind = 'extra'"));
        }
        return List.of(delete("f.kind <> 'missing'"), insert("f.kind <> 'extra'"));
    }

    private String delete(String which) {
        return "DELETE FROM " + live + "." + table.name() + " AS l USING " + scratch + ".findings AS f WHERE "
                + isOf("l") + " AND " + which;
    }

    private String insert(String which) {
        String columns = String.join(", ", table.columns());
        String values = table.columns().stream().map(column -> "s." + column).collect(Collectors.joining(", "));
        return "INSERT INTO " + live + "." + table.name() + " (" + columns + ") SELECT " + values + " FROM " + scratch
                + "." + table.name() + " AS s JOIN " + scratch + ".findings AS f ON " + isOf("s") + " WHERE " + which
                + " ON CONFLICT DO NOTHING";
    }

    /** As the sink itself makes an entity newer: what the newest event does not mention stays. */
    private String updateEntities() {
        List<String> sets = new ArrayList<>();
        for (String column : table.data()) {
            if (!table.key().contains(column)) {
                sets.add(column + " = CASE WHEN s.deleted_at IS NOT NULL OR l.deleted_at IS NOT NULL OR '" + column
                        + "' = ANY (s.fields) THEN s." + column + " ELSE l." + column + " END");
            }
        }
        for (String column : StoredTable.EVENT) {
            sets.add(column + " = s." + column);
        }
        for (String column : StoredTable.SOURCE) {
            sets.add(column + " = s." + column);
        }
        sets.add("deleted_at = s.deleted_at");
        sets.add("fields = s.fields");
        return "UPDATE " + live + "." + table.name() + " AS l SET " + String.join(", ", sets) + " FROM " + scratch + "."
                + table.name() + " AS s JOIN " + scratch + ".findings AS f ON " + isOf("s") + " WHERE " + sameKey()
                + " AND f.kind IN ('stale', 'different')";
    }

    private String sameKey() {
        return table.key().stream()
                .map(column -> "s." + column + " = l." + column)
                .collect(Collectors.joining(" AND "));
    }

    private String isOf(String alias) {
        List<String> conditions = new ArrayList<>();
        conditions.add("f.table_name = '" + table.name() + "'");
        for (int i = 0; i < table.key().size(); i++) {
            String column = table.key().get(i);
            String type = column.equals("event_id") ? "uuid" : "text";
            conditions.add(alias + "." + column + " = f.keys[" + (i + 1) + "]::" + type);
        }
        return String.join(" AND ", conditions);
    }
}
