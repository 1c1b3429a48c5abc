package dev.dise.query;

import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL with a million log lines of ten days and today, and the query service's connections to it, which are the
 * reader's. The days that are over have the indexes that the sink gives them.
 */
final class LargeDatabase implements AutoCloseable {
    final Database database;
    private final EmbeddedPostgreSql postgres;

    private LargeDatabase(Path folder) throws IOException, SQLException {
        postgres = EmbeddedPostgreSql.start(folder.resolve("pg"), 0, Durability.NO_FSYNC);
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            SinkTables.layDown(owner);
            SinkTables.grantTo(postgres.reader(), owner);
            statement.execute(SinkTables.resource("/dev/dise/query/fill.sql"));
            statement.execute(SinkTables.resource("/dev/dise/query/close.sql"));
        }
        database = Database.open(config(folder).database(), new Metrics());
    }

    static LargeDatabase start(Path folder) throws IOException, SQLException {
        return new LargeDatabase(folder);
    }

    /** How many rows each table and each partition has, as far as PostgreSQL knows. */
    Map<String, Long> sizes() throws SQLException {
        String sql = "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = '"
                + SinkTables.SCHEMA + "'::regnamespace";
        try (Connection owner = owner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, Long> sizes = new HashMap<>();
            while (rows.next()) {
                sizes.put(rows.getString(1), rows.getLong(2));
            }
            return sizes;
        }
    }

    /** Some value that a column of a view has. */
    Optional<String> someValue(String view, String column) throws SQLException {
        String sql = "SELECT " + column + "::text FROM dise." + view + " WHERE " + column
                + " IS NOT NULL ORDER BY event_time LIMIT 1 OFFSET 5432";
        try (Connection owner = owner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    @Override
    public void close() {
        database.close();
        postgres.close();
    }

    private DiseConfig config(Path folder) throws IOException {
        String yaml = """
                database:
                  host: %s
                  port: %d
                  database: %s
                  user: nobody
                  reader: {user: %s, password: %s}
                """.formatted(
                        postgres.host(), postgres.port(), postgres.database(), postgres.reader(), postgres.password());
        return DiseConfig.load(Files.writeString(folder.resolve("config.yaml"), yaml), Map.of());
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
