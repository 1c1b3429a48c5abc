package dev.dise.pg;

import dev.dise.pg.generations.Registry;
import dev.dise.runtime.config.DatabaseConfig.Logins;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables of a generation to this version, and shows them to readers if no generation is shown yet. */
public final class Migrations {
    /** Where no generation is shown, or this one is by a version that had fewer views. */
    private static final String VIEWS_ARE_DUE = """
            SELECT NOT EXISTS (SELECT FROM pg_views WHERE schemaname = 'dise' AND viewname = 'tool_logs')
                   OR (EXISTS (SELECT FROM pg_views WHERE schemaname = 'dise' AND viewname = 'tool_logs'
                               AND definition LIKE '% ${schema}.tool\\_logs%')
                       AND NOT EXISTS (SELECT FROM pg_views WHERE schemaname = 'dise' AND viewname = 'generated_tool_versions'))
            """;
    /** So that the queries of the system that this replaces work unchanged: SELECT * FROM tool_logs. */
    private static final String READERS_SEE_VIEWS =
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = dise, public', current_database()); END $$";

    /** Flyway has a lock of its own, but takes it after it has made the schema, and the views come after it. */
    private static final long LOCK = 0x64697365;

    private final DataSource owner;
    private final Logins logins;

    /**
     * @param owner connections of the role that owns the database; three at once
     * @param logins who is to write and who is to read
     */
    public Migrations(DataSource owner, Logins logins) {
        this.owner = owner;
        this.logins = logins;
    }

    /** Migrates one; several processes may do so at once, since all but one wait. */
    public void migrate(Generation generation) throws SQLException {
        migrate(connection -> List.of(generation));
    }

    /**
     * Migrates every generation that the sink fills.
     *
     * @param first the one that an empty database gets
     */
    void migrateFollowed(Generation first) throws SQLException {
        migrate(connection -> {
            List<Generation> followed = Registry.followed(connection);
            return followed.isEmpty() ? List.of(first) : followed;
        });
    }

    /** Says what is to be migrated. */
    private interface Choice {
        List<Generation> of(Connection connection) throws SQLException;
    }

    private void migrate(Choice choice) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                statement.execute(resource("public.sql"));
                Registry.adopt(connection);
                for (Generation generation : choice.of(connection)) {
                    flyway(owner, generation).load().migrate();
                    SchemaShape.record(connection, generation);
                    if (viewsAreDue(statement, generation)) {
                        show(connection, generation);
                    }
                    Grants.to(connection, generation, logins);
                }
                Registry.adopt(connection);
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    /** Compares every generation that the sink fills, and changes nothing. */
    static void validateFollowed(DataSource connections) throws SQLException {
        List<Generation> followed;
        try (Connection connection = connections.getConnection()) {
            followed = Registry.exists(connection) ? Registry.followed(connection) : List.of();
        }
        if (followed.isEmpty()) {
            throw new IllegalStateException(
                    "no generation of the tables is of this version;" + " migrate once with database.migrate: auto");
        }
        for (Generation generation : followed) {
            validate(connections, generation);
        }
    }

    /**
     * Compares, and changes nothing.
     *
     * @param connections of any role that the migration has granted rights to
     * @throws IllegalStateException if the tables are not those of this version; the message says what differs
     */
    static void validate(DataSource connections, Generation generation) throws SQLException {
        var result = flyway(connections, generation).load().validateWithResult();
        if (!result.validationSuccessful) {
            throw new IllegalStateException("the tables of schema " + generation.schema()
                    + " are not of this version: " + result.getAllErrorMessages()
                    + "; migrate them once with database.migrate: auto");
        }
        try (Connection connection = connections.getConnection()) {
            List<String> differences = SchemaShape.differences(connection, generation);
            if (!differences.isEmpty()) {
                throw new IllegalStateException("the tables of schema " + generation.schema()
                        + " were changed since they were migrated: " + String.join("; ", differences)
                        + "; undo that, or start once with database.migrate: auto to take it as it is");
            }
        }
    }

    /** Lets readers see this generation from now on, in one transaction. */
    static void show(Connection connection, Generation generation) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(READERS_SEE_VIEWS);
            statement.execute(views(generation));
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The statements that let readers see a generation. */
    public static String views(Generation generation) {
        return resource("views.sql").replace("${schema}", generation.schema());
    }

    private static FluentConfiguration flyway(DataSource connections, Generation generation) {
        return Flyway.configure()
                .dataSource(connections)
                .schemas(generation.schema())
                .locations("classpath:dev/dise/pg/migrations");
    }

    private static boolean viewsAreDue(Statement statement, Generation generation) throws SQLException {
        try (ResultSet result = statement.executeQuery(VIEWS_ARE_DUE.replace("${schema}", generation.schema()))) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
