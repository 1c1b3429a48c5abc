package dev.dise.pg.compare;

import dev.dise.pg.Sql;
import dev.dise.pg.StoredTable;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.sql.SQLException;
import java.util.Map;

/**
 * A schema with tables like those of a generation, for what they should hold. It is locked as long as its session lives, so
 * what a killed run has left is known by its lock, and is removed by the next.
 */
final class Scratch implements AutoCloseable {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";
    private static final String LEFT_BEHIND =
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^dise_check_[0-9]{1,4}$'";
    /** They cannot refuse a row: GIN indexes, which cost the most, and those without a text that may be too long. */
    private static final String DEAR_INDEXES = "SELECT i.indexrelid::regclass::text FROM pg_index i"
            + " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam"
            + " WHERE c.relnamespace = to_regnamespace(?) AND (a.amname = 'gin' OR NOT i.indisunique AND NOT EXISTS"
            + " (SELECT FROM pg_attribute k WHERE k.attrelid = i.indexrelid AND k.atttypid = 'text'::regtype))";

    private static final int MOST = 100;

    private final Sql sql;
    private final String schema;

    private Scratch(Sql sql, String schema) {
        this.sql = sql;
        this.schema = schema;
    }

    /**
     * Makes one with empty tables.
     *
     * @param sql in auto-commit; belongs to the scratch as long as it is open
     * @param live the schema whose tables are copied
     */
    static Scratch open(Sql sql, String live) throws SQLException {
        removeLeftBehind(sql);
        for (int number = 1; number <= MOST; number++) {
            Scratch scratch = new Scratch(sql, "dise_check_" + number);
            if (lock(sql, scratch.schema)) {
                scratch.create(live);
                return scratch;
            }
        }
        throw new IllegalStateException(MOST + " comparisons run at once; wait for one of them to end");
    }

    String schema() {
        return schema;
    }

    /** Notes which offsets of the topic were read. */
    void note(Map<Partition, Span> spans) throws SQLException {
        for (Map.Entry<Partition, Span> span : spans.entrySet()) {
            sql.update(
                    "INSERT INTO " + schema + ".ranges VALUES (?, ?, ?)",
                    span.getKey().topic(),
                    span.getKey().number(),
                    span.getValue().from());
        }
    }

    /** Removes everything. */
    @Override
    public void close() throws SQLException {
        drop(sql, schema);
        sql.list(UNLOCK, row -> row.getBoolean(1), schema);
    }

    private void create(String live) throws SQLException {
        drop(sql, schema);
        sql.execute("CREATE SCHEMA " + schema);
        for (StoredTable table : StoredTable.all()) {
            String name = schema + "." + table.name();
            sql.execute("CREATE UNLOGGED TABLE " + name + " (LIKE " + live + "." + table.name()
                    + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)");
            sql.execute("ALTER TABLE " + name + " DROP COLUMN id");
            if (table.isByDay()) {
                sql.execute("CREATE UNIQUE INDEX ON " + name + " (" + String.join(", ", table.key()) + ")");
            }
        }
        for (String index : sql.list(DEAR_INDEXES, row -> row.getString(1), schema)) {
            sql.execute("DROP INDEX " + index);
        }
        sql.execute("CREATE UNLOGGED TABLE " + schema
                + ".ranges (topic TEXT, partition INTEGER, first_offset BIGINT, PRIMARY KEY (topic, partition))");
        sql.execute("CREATE UNLOGGED TABLE " + schema + ".findings (number BIGINT GENERATED ALWAYS AS IDENTITY,"
                + " table_name TEXT, kind TEXT, keys TEXT[], event_id UUID, source_topic TEXT, source_partition INTEGER,"
                + " source_offset BIGINT, columns TEXT[])");
    }

    private static void removeLeftBehind(Sql sql) throws SQLException {
        for (String schema : sql.list(LEFT_BEHIND, row -> row.getString(1))) {
            if (lock(sql, schema)) {
                drop(sql, schema);
                sql.list(UNLOCK, row -> row.getBoolean(1), schema);
            }
        }
    }

    private static boolean lock(Sql sql, String schema) throws SQLException {
        return sql.list(LOCK, row -> row.getBoolean(1), schema).get(0);
    }

    private static void drop(Sql sql, String schema) throws SQLException {
        sql.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
}
