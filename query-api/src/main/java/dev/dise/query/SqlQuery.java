package dev.dise.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement and the values of its question marks.
 *
 * @param values texts, numbers, flags, times, or lists of texts or UUIDs for an array
 */
public record SqlQuery(String sql, List<Object> values) {
    public SqlQuery {
        values = List.copyOf(values);
    }

    /** A whole statement. */
    public static SqlQuery of(String sql, Object... values) {
        return new SqlQuery(sql, List.of(values));
    }

    /** The rows of a view that fulfil all conditions, still without what is selected of them. */
    static SqlQuery from(String view, List<Condition> conditions) {
        String where = conditions.stream().map(Condition::sql).collect(Collectors.joining(" AND "));
        return new SqlQuery(
                "FROM " + view + (where.isEmpty() ? "" : " WHERE " + where),
                conditions.stream()
                        .flatMap(condition -> condition.values().stream())
                        .toList());
    }

    /** The rows of this one that fulfil all conditions, still without what is selected of them. */
    SqlQuery narrowed(List<Condition> conditions) {
        SqlQuery outer = from("(" + sql + ") AS inside", conditions);
        List<Object> all = new ArrayList<>(values);
        all.addAll(outer.values);
        return new SqlQuery(outer.sql, all);
    }

    SqlQuery select(String what, Object... whatValues) {
        List<Object> all = new ArrayList<>(List.of(whatValues));
        all.addAll(values);
        return new SqlQuery("SELECT " + what + " " + sql, all);
    }

    SqlQuery then(String more, Object... moreValues) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(moreValues));
        return new SqlQuery(sql + " " + more, all);
    }

    /** At most so many rows, behind as many as are passed over. */
    SqlQuery page(int limit, int offset) {
        return then("LIMIT ? OFFSET ?", limit, offset);
    }
}
