package dev.dise.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement and the values of its question marks.
 *
 * @param values texts, numbers, flags, times, or lists of texts or UUIDs for an array
 */
record SqlQuery(String sql, List<Object> values) {
    SqlQuery {
        values = List.copyOf(values);
    }

    static SqlQuery of(String sql, Object... values) {
        return new SqlQuery(sql, List.of(values));
    }

    /** The statement with the conditions of the filters that were given. */
    static SqlQuery filtered(String select, Resource resource, Parameters parameters, Moments moments) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Filter filter : resource.filters()) {
            Condition.of(filter, parameters, moments).ifPresent(condition -> {
                conditions.add(condition.sql());
                values.addAll(condition.values());
            });
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return new SqlQuery(select + " FROM " + resource.view() + where, values);
    }

    SqlQuery then(String more, Object... moreValues) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(moreValues));
        return new SqlQuery(sql + " " + more, all);
    }

    SqlQuery page(Page page) {
        return then("LIMIT ? OFFSET ?", page.limit(), page.offset());
    }
}
