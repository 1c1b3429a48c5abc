package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a generation looks like: a line for each column, constraint, index and function. Kept when it is migrated, so that
 * a change that somebody makes by hand is seen. The partitions of days come and go and are no part of it.
 */
public final class SchemaShape {
    private static final String LINES = """
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS line
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = to_regnamespace(?) AND c.relkind IN ('r', 'p') AND a.attnum > 0
                  AND NOT a.attisdropped AND c.relname !~ '_[0-9]{8}$' AND c.relname <> 'flyway_schema_history'
            UNION ALL
            SELECT 'constraint ' || c.relname || ' ' || pg_get_constraintdef(k.oid)
            FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
            WHERE c.relnamespace = to_regnamespace(?) AND k.contype IN ('c', 'p', 'u', 'f')
                  AND c.relname !~ '_[0-9]{8}$' AND c.relname <> 'flyway_schema_history'
            UNION ALL
            SELECT 'index ' || c.relname || ' ' || regexp_replace(replace(pg_get_indexdef(i.indexrelid), 'dise.', ''), '^.* USING ', '')
            FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
            WHERE c.relnamespace = to_regnamespace(?) AND i.indisvalid AND c.relname !~ '_[0-9]{8}$'
                  AND c.relname <> 'flyway_schema_history'
            UNION ALL
            SELECT 'function ' || p.proname || ' ' || md5(p.prosrc)
            FROM pg_proc p WHERE p.pronamespace = to_regnamespace(?)
            """;

    private SchemaShape() {}

    /** Remembers what there is now. */
    static void record(Connection connection, Generation generation) throws SQLException {
        String schema = generation.schema();
        update(connection, "CREATE TABLE IF NOT EXISTS " + schema + ".schema_shape (line TEXT NOT NULL)");
        update(connection, "DELETE FROM " + schema + ".schema_shape");
        update(connection, "INSERT INTO " + schema + ".schema_shape " + LINES, schema);
    }

    /** What is there no more, and what is there beside; empty if all is as it was migrated. */
    public static List<String> differences(Connection connection, Generation generation) throws SQLException {
        String kept = "SELECT line FROM " + generation.schema() + ".schema_shape";
        String gone = "SELECT 'no ' || line FROM (" + kept + " EXCEPT ALL (" + LINES + ")) AS gone";
        String added = "SELECT 'new ' || line FROM ((" + LINES + ") EXCEPT ALL " + kept + ") AS added";
        List<String> differences = new ArrayList<>();
        for (String sql : List.of(gone, added)) {
            try (PreparedStatement statement = prepare(connection, sql, generation.schema())) {
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        differences.add(result.getString(1));
                    }
                }
            }
        }
        return differences;
    }

    private static void update(Connection connection, String sql, String... schema) throws SQLException {
        try (PreparedStatement statement =
                schema.length == 0 ? connection.prepareStatement(sql) : prepare(connection, sql, schema[0])) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, String schema) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int parameter = 1; parameter <= 4; parameter++) {
            statement.setString(parameter, schema);
        }
        return statement;
    }
}
