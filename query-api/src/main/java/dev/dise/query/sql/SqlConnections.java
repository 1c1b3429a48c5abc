package dev.dise.query.sql;

import dev.dise.query.Problem;
import dev.dise.query.RefusedException;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.Login;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import java.util.Set;

/**
 * Connections for one statement each, so that nothing that a statement sets outlives it. They only read, and belong to a role
 * that has no rights but those on the views.
 */
record SqlConnections(DatabaseConfig database, Login login, Duration timeout) {
    /**
     * PostgreSQL says itself which of its functions do more than compute: those that sleep, lock, cancel, read files or run
     * the text of a statement are all volatile. These only give other values each time.
     */
    private static final Set<String> HARMLESS =
            Set.of("random", "clock_timestamp", "gen_random_uuid", "uuidv7", "uuidv4");

    private static final String RIGHTS = """
            SELECT r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls
                   OR EXISTS (SELECT FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid)
                   OR EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relowner = r.oid)
                   OR EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.datdba = r.oid)
                   OR EXISTS (SELECT FROM pg_catalog.pg_class c, aclexplode(c.relacl) AS granted
                              WHERE granted.grantee = r.oid AND (granted.privilege_type <> 'SELECT'
                                  OR c.relkind <> 'v' OR c.relnamespace <> to_regnamespace('dise'))) AS may_more,
                   coalesce(has_schema_privilege(r.oid, to_regnamespace('dise'), 'USAGE'), false) AS may_read
            FROM pg_catalog.pg_roles r WHERE r.rolname = current_user
            """;
    private static final String VOLATILE = """
            SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p
            WHERE p.proname = ANY(?) AND (p.provolatile = 'v' OR p.prokind = 'p') ORDER BY 1
            """;

    /**
     * Connects, and makes sure that the role is what it should be.
     *
     * @throws RefusedException if it may more, or nothing yet
     */
    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(database.jdbcUrl(), settings());
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            requireOnlyToRead(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** @throws RefusedException if one of the functions does more than compute */
    static void requireHarmless(Connection connection, Collection<String> functions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(VOLATILE)) {
            Array names = connection.createArrayOf(
                    "name",
                    functions.stream().filter(it -> !HARMLESS.contains(it)).toArray());
            statement.setArray(1, names);
            try (ResultSet found = statement.executeQuery()) {
                if (found.next()) {
                    throw RefusedException.badValue(
                            "sql",
                            "must not call " + found.getString(1)
                                    + ": only functions that do nothing but compute can be"
                                    + " called here, which PostgreSQL names stable or immutable");
                }
            }
        }
    }

    private static void requireOnlyToRead(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RIGHTS);
                ResultSet rights = statement.executeQuery()) {
            if (!rights.next() || rights.getBoolean("may_more")) {
                throw new RefusedException(
                        Problem.forbidden("SQL is not run: the role of database.sql may more than read"
                                + " the views of dise. Name one that may log in and nothing else"));
            }
            if (!rights.getBoolean("may_read")) {
                throw new RefusedException(Problem.unavailable("the role of database.sql has no rights yet:"
                        + " the sink grants them when it starts with database.migrate: auto"));
            }
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("user", login.user());
        settings.setProperty("password", login.password().value());
        settings.setProperty("ApplicationName", "dise-sql");
        settings.setProperty("connectTimeout", "3");
        settings.setProperty("loginTimeout", "5");
        settings.setProperty("cancelSignalTimeout", "1");
        settings.setProperty("socketTimeout", Long.toString(timeout.toSeconds() + 5));
        // Of a text PostgreSQL finds out itself what it is meant to be.
        settings.setProperty("stringtype", "unspecified");
        // A row of a gigabyte is refused before there is memory for it.
        settings.setProperty("maxResultBuffer", "32M");
        settings.setProperty(
                "options",
                "-c search_path=dise -c default_transaction_read_only=on -c timezone=UTC"
                        + " -c standard_conforming_strings=on -c lock_timeout=2000 -c max_parallel_workers_per_gather=0"
                        + " -c jit=off -c client_connection_check_interval=1000 -c statement_timeout="
                        + timeout.toMillis());
        return settings;
    }
}
