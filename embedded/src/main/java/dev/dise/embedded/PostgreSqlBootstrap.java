package dev.dise.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Creates the role and the database. Each step looks first, so a start that was cut short is finished by the next. */
final class PostgreSqlBootstrap {

    private PostgreSqlBootstrap() {}

    static void run(DataSource superuser, Path cluster) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            requireOurServer(statement, cluster);
            createRole(statement, EmbeddedPostgreSql.USER, "CREATEDB CREATEROLE");
            createRole(statement, EmbeddedPostgreSql.WRITER, "");
            createRole(statement, EmbeddedPostgreSql.READER, "");
            createRole(statement, EmbeddedPostgreSql.SQL, "CONNECTION LIMIT 4");
            // Only a superuser can say how much a role may put on the disk while it sorts.
            statement.execute("ALTER ROLE " + EmbeddedPostgreSql.SQL + " SET temp_file_limit = '1GB'");
            statement.execute("ALTER ROLE " + EmbeddedPostgreSql.SQL + " SET default_transaction_read_only = on");
            if (isMissing(
                    statement, "SELECT 1 FROM pg_database WHERE datname = '" + EmbeddedPostgreSql.DATABASE + "'")) {
                statement.execute(
                        "CREATE DATABASE " + EmbeddedPostgreSql.DATABASE + " OWNER " + EmbeddedPostgreSql.USER);
            }
        }
    }

    /** Another server may have taken the port between our check and our start; never write into that one. */
    private static void requireOurServer(Statement statement, Path cluster) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            if (!Path.of(row.getString(1)).equals(cluster)) {
                throw new IllegalStateException("Another PostgreSQL, of " + row.getString(1)
                        + ", listens on this port: stop it or choose another port.");
            }
        }
    }

    private static void createRole(Statement statement, String role, String rights) throws SQLException {
        if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            statement.execute(
                    "CREATE ROLE " + role + " LOGIN " + rights + " PASSWORD '" + EmbeddedPostgreSql.PASSWORD + "'");
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return !row.next();
        }
    }
}
