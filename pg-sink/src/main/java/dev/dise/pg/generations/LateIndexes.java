package dev.dise.pg.generations;

import dev.dise.pg.PgErrors;
import dev.dise.pg.Table;
import dev.dise.pg.Tables;
import dev.dise.pg.archive.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of append-only tables, taken away before the tables are filled and made again afterwards: sorting once costs less
 * than finding a place for each row. What they were is kept in the schema itself until they are back. Each step can be done
 * again.
 */
final class LateIndexes {
    /** The metrics of an artifact are found by it while the tables are filled; rows without one cost it nothing. */
    private static final String STAYS = "%(artifact_id)%";

    private static final String LEAF = "'_[0-9]{8}$'";
    private static final String SAVE = """
            CREATE TABLE late_indexes AS
            SELECT c.relname::TEXT AS table_name, x.relname::TEXT AS index_name, i.indisunique AS is_unique,
                   CASE WHEN k.oid IS NULL
                       THEN regexp_replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
                       ELSE format('ALTER TABLE %I ADD CONSTRAINT %I ', c.relname, k.conname) || pg_get_constraintdef(k.oid)
                   END AS statement,
                   CASE WHEN k.oid IS NULL THEN format('DROP INDEX IF EXISTS %I', x.relname)
                       ELSE format('ALTER TABLE %I DROP CONSTRAINT IF EXISTS %I', c.relname, k.conname) END AS removal
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
            WHERE c.relnamespace = current_schema()::regnamespace
                  AND regexp_replace(c.relname, '_rest$', '') = ANY (?::text[]) AND c.relname !~ '_[0-9]{8}$'
                  AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid)
                  AND NOT pg_get_indexdef(i.indexrelid) LIKE ?
            """;
    /** Unique ones first: who finds a double has built nothing yet. */
    private static final String MISSING = "SELECT table_name, is_unique, statement FROM late_indexes"
            + " WHERE to_regclass(quote_ident(index_name)) IS NULL ORDER BY is_unique DESC, table_name, index_name";

    private static final String LEAF_KEYS = "SELECT x.relname FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
            + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relname ~ " + LEAF + " AND i.indisunique";
    private static final String LEAVES_WITHOUT_KEY = "SELECT c.relname FROM pg_catalog.pg_class c"
            + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname ~ " + LEAF
            + " AND regexp_replace(c.relname, " + LEAF + ", '') = ?"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisunique)";
    private static final String SAVED = "SELECT to_regclass('late_indexes') IS NOT NULL";
    /** So that sorting stays in memory where there is some. */
    private static final String MEMORY = "SET maintenance_work_mem = '256MB'";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Session session;
    private final Doubles doubles;

    private record Missing(String table, boolean unique, String statement) {}

    LateIndexes(Session session, Doubles doubles) {
        this.session = session;
        this.doubles = doubles;
    }

    /** Keeps what there is and takes it away; in the transaction of the caller. */
    void remove() throws SQLException {
        Object[] tables = appendOnly().map(Table::name).toArray();
        session.update(SAVE, session.connection().createArrayOf("text", tables), STAYS);
        for (String removal : session.list("SELECT removal FROM late_indexes", row -> row.getString(1))) {
            session.execute(removal);
        }
    }

    /** Partitions of days are made with a unique index, which waits as well. */
    void removeLeafKeys() throws SQLException {
        for (String index : session.list(LEAF_KEYS, row -> row.getString(1))) {
            session.execute("DROP INDEX " + index);
        }
    }

    /**
     * Makes all of them again, and removes what they refuse: the same event once more.
     *
     * @param progress is told how many of how many are there
     */
    void build(ObjLongConsumer<Long> progress, Runnable between) throws SQLException {
        if (!session.one(SAVED, row -> row.getBoolean(1))) {
            return;
        }
        session.waitForLocks(PATIENCE);
        session.execute(MEMORY);
        // What a power cut takes is done again: the phase comes behind it in the log.
        session.execute("SET synchronous_commit = off");
        for (Table table : appendOnly().filter(Table::isPartitioned).toList()) {
            if (doubles.mayBeElsewhere(table)) {
                doubles.remove(table, table.name());
            }
            for (String leaf : session.list(LEAVES_WITHOUT_KEY, row -> row.getString(1), table.name())) {
                make("CREATE UNIQUE INDEX ON " + leaf + " (" + String.join(", ", table.key()) + ")", table, leaf);
            }
            between.run();
        }
        buildSaved(progress, between);
        session.execute("DROP TABLE late_indexes");
        session.execute("RESET synchronous_commit");
        session.waitForLocksShortly();
    }

    private void buildSaved(ObjLongConsumer<Long> progress, Runnable between) throws SQLException {
        List<Missing> missing =
                session.list(MISSING, row -> new Missing(row.getString(1), row.getBoolean(2), row.getString(3)));
        long done = 0;
        for (Missing index : missing) {
            progress.accept((long) missing.size(), done++);
            make(index.statement(), index.unique() ? table(index.table()) : null, index.table());
            between.run();
        }
        progress.accept((long) missing.size(), done);
    }

    private void make(String statement, @Nullable Table table, String relation) throws SQLException {
        try {
            session.execute(statement);
        } catch (SQLException e) {
            if (table == null || !PgErrors.isDuplicate(e)) {
                throw e;
            }
            doubles.remove(table, relation);
            session.execute(statement);
        }
    }

    private static Table table(String relation) {
        return appendOnly()
                .filter(table -> relation.equals(table.name()) || relation.equals(table.name() + "_rest"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no table " + relation));
    }

    private static java.util.stream.Stream<Table> appendOnly() {
        return Tables.ALL.stream().filter(table -> table.kind() == Table.Kind.APPEND);
    }
}
