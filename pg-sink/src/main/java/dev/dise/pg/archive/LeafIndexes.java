package dev.dise.pg.archive;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indexes that only closed partitions have: the words, and the run. The partition of today goes without, so that
 * writing does not pay for them. They are built while others read and write.
 */
final class LeafIndexes {
    /** The build waits for transactions that are older than itself; nobody waits for the build. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String BUILT =
            "SELECT c.relname, i.indisvalid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
                    + " WHERE c.relnamespace = current_schema()::regnamespace";

    private final Session session;
    private final Map<String, Boolean> validByName = new HashMap<>();

    private LeafIndexes(Session session) {
        this.session = session;
    }

    /** With the indexes that there are now. */
    static LeafIndexes in(Session session) throws SQLException {
        LeafIndexes indexes = new LeafIndexes(session);
        session.list(BUILT, row -> Map.entry(row.getString(1), row.getBoolean(2)))
                .forEach(index -> indexes.validByName.put(index.getKey(), index.getValue()));
        return indexes;
    }

    boolean isMissingSome(Leaf leaf) {
        return !isValid(search(leaf)) || !isValid(run(leaf));
    }

    /** Builds what is missing, and returns its names. A build that was killed has left an index that is dropped first. */
    List<String> build(Leaf leaf) throws SQLException {
        List<String> built = new ArrayList<>();
        session.waitForLocks(PATIENCE);
        try {
            build(search(leaf), leaf, "USING gin (" + leaf.table().searched() + ")", built);
            build(run(leaf), leaf, "(run_id, event_time DESC) WHERE run_id IS NOT NULL", built);
            if (!built.isEmpty()) {
                // The planner knows nothing of the words of a text until it is told.
                session.execute("ANALYZE " + leaf.name());
            }
        } finally {
            session.waitForLocksShortly();
        }
        return built;
    }

    private void build(String name, Leaf leaf, String definition, List<String> built) throws SQLException {
        if (isValid(name)) {
            return;
        }
        session.execute("DROP INDEX CONCURRENTLY IF EXISTS " + name);
        session.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS " + name + " ON " + leaf.name() + " " + definition);
        validByName.put(name, true);
        built.add(name);
    }

    private boolean isValid(String name) {
        return validByName.getOrDefault(name, false);
    }

    private static String search(Leaf leaf) {
        return leaf.name() + "_search";
    }

    private static String run(Leaf leaf) {
        return leaf.name() + "_run";
    }
}
