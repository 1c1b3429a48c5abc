package dev.dise.pg.backup;

import dev.dise.pg.backup.TablesFacts.Migration;
import dev.dise.pg.backup.TablesFacts.Place;
import dev.dise.pg.backup.TablesFacts.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What PostgreSQL says of the tables of a generation, by its catalog. */
final class Catalog {
    /** Which generation the views of readers show. */
    private static final String LIVE = """
            SELECT DISTINCT n.nspname
            FROM pg_rewrite r
            JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
                AND d.refclassid = 'pg_class'::regclass
            JOIN pg_class t ON t.oid = d.refobjid AND t.oid <> r.ev_class
            JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE r.ev_class = to_regclass('dise.tool_failures') AND n.nspname ~ '^dise_g[0-9]+$'
            """;

    private static final String MIGRATIONS =
            "SELECT version, script, checksum FROM %s.flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank";
    /** The offsets and what is known of the tables themselves are no rows to copy. */
    private static final String TABLES = """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = to_regnamespace(?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relname NOT IN ('flyway_schema_history', 'schema_shape', 'sink_offsets')
            ORDER BY c.relname
            """;

    private static final String COLUMNS = """
            SELECT attname FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
            """;
    private static final String LEAVES = """
            SELECT parent.relname, leaf.relname, greatest(leaf.reltuples, 0)::BIGINT FROM pg_class parent
            JOIN pg_inherits i ON i.inhparent = parent.oid
            JOIN pg_class leaf ON leaf.oid = i.inhrelid
            WHERE parent.relnamespace = to_regnamespace(?) AND parent.relkind = 'p'
            UNION ALL
            SELECT c.relname, c.relname, greatest(c.reltuples, 0)::BIGINT FROM pg_class c
            WHERE c.relnamespace = to_regnamespace(?) AND c.relkind = 'r' AND NOT c.relispartition
            ORDER BY 1, 2
            """;
    private static final String DAYS = "SELECT day FROM %s.partition_days WHERE table_name = ? ORDER BY day";
    private static final String SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = ?";
    private static final String PLACES =
            "SELECT topic, partition, next_offset FROM %s.sink_offsets ORDER BY topic, partition";

    private final Connection connection;
    private final String schema;

    /**
     * @param schema of the form {@code dise_g<n>}
     */
    Catalog(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** The number of the generation that readers see; empty if there is none yet. */
    static Optional<Integer> live(Connection connection) throws SQLException {
        return Jdbc.list(connection, LIVE, row -> row.getString(1)).stream()
                .findFirst()
                .map(schema -> Integer.valueOf(schema.substring("dise_g".length())));
    }

    boolean isThere() throws SQLException {
        return Jdbc.list(connection, "SELECT to_regnamespace(?) IS NOT NULL", row -> row.getBoolean(1), schema)
                .get(0);
    }

    TablesFacts facts(int generation) throws SQLException {
        return new TablesFacts(generation, migrations(), shapes(), sequences(), places());
    }

    List<Migration> migrations() throws SQLException {
        return Jdbc.list(
                connection,
                MIGRATIONS.replace("%s", schema),
                row -> new Migration(row.getString(1), row.getString(2), row.getInt(3)));
    }

    List<Shape> shapes() throws SQLException {
        List<Shape> shapes = new ArrayList<>();
        for (String table : Jdbc.list(connection, TABLES, row -> row.getString(1), schema)) {
            shapes.add(new Shape(table, columns(table), days(table)));
        }
        return shapes;
    }

    /** Every partition and every table without partitions, but not those that hold no rows to copy. */
    List<Leaf> leaves(TablesFacts facts) throws SQLException {
        return Jdbc.list(
                        connection,
                        LEAVES,
                        row -> new Leaf(row.getString(1), row.getString(2), row.getLong(3)),
                        schema,
                        schema)
                .stream()
                .filter(leaf ->
                        facts.tables().stream().anyMatch(table -> table.name().equals(leaf.table())))
                .toList();
    }

    List<Place> places() throws SQLException {
        return Jdbc.list(
                connection,
                PLACES.replace("%s", schema),
                row -> new Place(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> sequences = new HashMap<>();
        Jdbc.list(connection, SEQUENCES, row -> sequences.put(row.getString(1), row.getLong(2)), schema);
        return sequences;
    }

    private List<String> columns(String table) throws SQLException {
        return Jdbc.list(connection, COLUMNS, row -> row.getString(1), schema + "." + Jdbc.quoted(table));
    }

    private List<LocalDate> days(String table) throws SQLException {
        return Jdbc.list(connection, DAYS.replace("%s", schema), row -> row.getObject(1, LocalDate.class), table);
    }
}
