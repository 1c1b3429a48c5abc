package dev.dise.pg;

import dev.dise.runtime.config.DatabaseConfig.Logins;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives the roles what they need and no more; granting twice is harmless. The owner needs nothing. */
final class Grants {
    private Grants() {}

    static void to(Connection owner, Generation generation, Logins logins) throws SQLException {
        String schema = generation.schema();
        String owning = logins.owner().user();
        try (Statement statement = owner.createStatement()) {
            if (!logins.writer().user().equals(owning)) {
                toWriter(statement, schema, quoted(logins.writer().user()));
            }
            if (!logins.reader().user().equals(owning)) {
                statement.execute("GRANT USAGE ON SCHEMA dise TO "
                        + quoted(logins.reader().user()));
                statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA dise TO "
                        + quoted(logins.reader().user()));
                if (!logins.reader().equals(logins.writer())) {
                    statement.execute("REVOKE ALL ON dise.generations, dise.lettered FROM "
                            + quoted(logins.reader().user()));
                }
            }
            if (logins.sql() != null) {
                toSql(statement, quoted(logins.sql().user()));
            }
        }
    }

    /** The views and nothing else of schema dise; what was granted before and is none of them is taken back. */
    private static void toSql(Statement statement, String sql) throws SQLException {
        statement.execute("GRANT USAGE ON SCHEMA dise TO " + sql);
        // In one statement, so that nobody who asks meanwhile is refused.
        statement.execute("""
                DO $dise$ DECLARE view NAME; BEGIN
                    REVOKE ALL ON ALL TABLES IN SCHEMA dise FROM %1$s;
                    FOR view IN SELECT viewname FROM pg_catalog.pg_views WHERE schemaname = 'dise' LOOP
                        EXECUTE 'GRANT SELECT ON dise.' || pg_catalog.quote_ident(view) || ' TO ' || %2$s;
                    END LOOP;
                END $dise$""".formatted(sql, "'" + sql.replace("'", "''") + "'"));
    }

    /** It may not drop, truncate or alter, and removes no row but the metrics of an older version. */
    private static void toWriter(Statement statement, String schema, String writer) throws SQLException {
        statement.execute("GRANT USAGE ON SCHEMA dise, " + schema + " TO " + writer);
        statement.execute("GRANT SELECT ON dise.generations TO " + writer);
        statement.execute("GRANT SELECT, INSERT, DELETE ON dise.lettered TO " + writer);
        statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + writer);
        statement.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + writer);
        for (Table table : Tables.ALL) {
            String rights = table.kind() == Table.Kind.ENTITY ? "INSERT, UPDATE" : "INSERT";
            statement.execute("GRANT " + rights + " ON " + schema + "." + table.name() + " TO " + writer);
        }
        statement.execute("GRANT DELETE ON " + schema + "." + Tables.PERFORMANCE.name() + " TO " + writer);
        statement.execute("GRANT INSERT, UPDATE ON " + schema + ".sink_offsets TO " + writer);
        statement.execute("GRANT EXECUTE ON FUNCTION " + schema + ".add_partition(TEXT, DATE) TO " + writer);
    }

    /** A name comes from the config of who owns the database, and yet is only ever a name. */
    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }
}
