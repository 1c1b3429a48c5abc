package dev.dise.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables of a generation to this version, and shows them to readers if no generation is shown yet. */
final class Migrations {
    private static final String VIEWS_EXIST =
            "SELECT EXISTS (SELECT FROM pg_views WHERE schemaname = 'dise' AND viewname = 'tool_logs')";
    /** So that the queries of the system that this replaces work unchanged: SELECT * FROM tool_logs. */
    private static final String READERS_SEE_VIEWS =
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = dise, public', current_database()); END $$";

    /** Flyway has a lock of its own, but takes it after it has made the schema, and the views come after it. */
    private static final long LOCK = 0x64697365;

    private final DataSource owner;

    /**
     * @param owner connections of the role that owns the database; three at once
     */
    Migrations(DataSource owner) {
        this.owner = owner;
    }

    /** Migrates; several processes may do so at once, since all but one wait. */
    void migrate(Generation generation) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                Flyway.configure()
                        .dataSource(owner)
                        .schemas(generation.schema())
                        .locations("classpath:dev/dise/pg/migrations")
                        .load()
                        .migrate();
                statement.execute("CREATE SCHEMA IF NOT EXISTS dise");
                if (!viewsExist(statement)) {
                    show(connection, generation);
                }
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    /** Lets readers see this generation from now on, in one transaction. */
    static void show(Connection connection, Generation generation) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(READERS_SEE_VIEWS);
            statement.execute(views().replace("${schema}", generation.schema()));
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean viewsExist(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery(VIEWS_EXIST)) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static String views() {
        try (InputStream in = Migrations.class.getResourceAsStream("views.sql")) {
            if (in == null) {
                throw new IllegalStateException("views.sql is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
