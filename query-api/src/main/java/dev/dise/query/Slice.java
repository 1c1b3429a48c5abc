package dev.dise.query;

import java.util.List;
import java.util.function.Predicate;

/** A part of a listing: rows of a view, none of which is newer than a row of the slice before. */
record Slice(String view, List<Condition> conditions) {
    /** How many of the newest rows are looked through for each row of the page, before all are asked for. */
    private static final int NEWEST_OF_EACH = 20;

    private static final String IN_ORDER = "ORDER BY " + Resource.ORDER;

    /**
     * Statements for a page: the first that fills it has the answer, else the last.
     *
     * <p>An index for words has no order, so of a frequent word it would find far more than a page, and the index of the
     * times goes through all rows to find a rare one. Which is better PostgreSQL can only guess, and a wrong guess reads
     * millions of rows. So a frequent word is looked for among the newest rows, and then the rare one by its index.
     */
    List<SqlQuery> attempts(int limit) {
        SqlQuery all = SqlQuery.from(view, conditions).select("*");
        List<Condition> searched =
                conditions.stream().filter(Condition::searched).toList();
        if (searched.isEmpty()) {
            return List.of(all.then(IN_ORDER).limit(limit));
        }
        List<Condition> others =
                conditions.stream().filter(Predicate.not(Condition::searched)).toList();
        SqlQuery newest = SqlQuery.from(view, others).select("*").then(IN_ORDER).limit(NEWEST_OF_EACH * limit);
        return List.of(
                newest.narrowed(searched).select("*").then(IN_ORDER).limit(limit),
                searched(all).limit(limit));
    }

    /** All rows, in order. */
    SqlQuery all() {
        SqlQuery all = SqlQuery.from(view, conditions).select("*");
        return conditions.stream().anyMatch(Condition::searched) ? searched(all) : all.then(IN_ORDER);
    }

    /** OFFSET 0 keeps PostgreSQL from planning for no more rows than are wanted at first. */
    private static SqlQuery searched(SqlQuery all) {
        return all.then("OFFSET 0").narrowed(List.of()).select("*").then(IN_ORDER);
    }
}
