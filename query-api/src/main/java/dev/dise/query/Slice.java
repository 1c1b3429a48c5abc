package dev.dise.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** A part of a listing: rows of a view, none of which is newer than a row of the slice before. */
record Slice(String view, List<Condition> conditions) {
    /** How many of the newest rows are looked through for each row of the page, before all are asked for. */
    private static final int NEWEST_OF_EACH = 20;

    /** What tells a row from all others; the time tells its partition. */
    private static final List<String> PLACE = List.of("event_time", "event_id", "id");

    private static final String IN_ORDER = "ORDER BY " + Resource.ORDER;

    /** Whether rows are searched for by what is in them. */
    boolean isSearched() {
        return conditions.stream().anyMatch(Condition::searched);
    }

    /**
     * A page of it, the newest first. Of a search it may have fewer rows than there are: it looks through the newest ones
     * alone, and if it fills no page, the {@link #places} have to be asked for.
     *
     * <p>An index for words has no order, so of a frequent word it would find far more than a page, and the index of the
     * times goes through all rows to find a rare one. Which is better PostgreSQL can only guess, and a wrong guess reads
     * millions of rows. So a frequent word is looked for among the newest rows, and then the rare one by its index.
     */
    SqlQuery newest(int limit) {
        if (!isSearched()) {
            return all().limit(limit);
        }
        List<Condition> searched =
                conditions.stream().filter(Condition::searched).toList();
        List<Condition> others =
                conditions.stream().filter(Predicate.not(Condition::searched)).toList();
        SqlQuery newest = SqlQuery.from(view, others).select("*").then(IN_ORDER).limit(NEWEST_OF_EACH * limit);
        return newest.narrowed(searched).select("*").then(IN_ORDER).limit(limit);
    }

    /** Where the rows of a page are, wherever they are in the slice. */
    SqlQuery places(int limit) {
        return inside().select(String.join(", ", PLACE)).then(IN_ORDER).limit(limit);
    }

    /** The rows at these places. */
    SqlQuery at(List<ObjectNode> places) {
        List<Object> values = new ArrayList<>();
        for (String column : PLACE) {
            values.add(
                    places.stream().map(place -> place.get(column).asString()).toList());
        }
        return new SqlQuery("""
                SELECT found.* FROM unnest(?::timestamptz[], ?::uuid[], ?::bigint[]) AS place (event_time, event_id, id)
                JOIN %s AS found ON found.event_time = place.event_time AND found.event_id = place.event_id
                    AND found.id = place.id
                ORDER BY found.event_time DESC, found.event_id, found.id""".formatted(view), values);
    }

    /** All rows, in order. */
    SqlQuery all() {
        SqlQuery rows = isSearched()
                ? inside().select("*")
                : SqlQuery.from(view, conditions).select("*");
        return rows.then(IN_ORDER);
    }

    /** OFFSET 0 keeps PostgreSQL from planning for no more rows than are wanted at first. */
    private SqlQuery inside() {
        return SqlQuery.from(view, conditions).select("*").then("OFFSET 0").narrowed(List.of());
    }
}
