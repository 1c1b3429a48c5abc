package dev.dise.pg;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.config.DatabaseConfig.Logins;
import dev.dise.runtime.config.Login;
import dev.dise.runtime.config.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server with the tables of generation 1, and connections to it. */
public final class PgStack implements AutoCloseable {
    public static final Generation GENERATION = new Generation(1);

    /** What PostgreSQL cannot hold is made safe, so that tests need a rule of their own by which it refuses a row. */
    private static final List<String> REFUSALS = List.of(
            "ALTER TABLE dise_g1.tool_debug_data ADD CONSTRAINT likely CHECK (duration_ms < 1e9)",
            "ALTER TABLE dise_g1.tool_evaluations ADD CONSTRAINT likely CHECK (overall_score < 1e9)");

    private final EmbeddedPostgreSql server;
    private final HikariDataSource sinkConnections;

    private PgStack(EmbeddedPostgreSql server) {
        this.server = server;
        this.sinkConnections = new HikariDataSource(pool(server));
    }

    public static PgStack start(Path directory) throws SQLException {
        PgStack stack = new PgStack(EmbeddedPostgreSql.start(directory, 0, Durability.NO_FSYNC));
        stack.migrations(stack.reader()).migrate(GENERATION);
        REFUSALS.forEach(stack::execute);
        return stack;
    }

    /** Migrations of a database of this server, in which the roles are four. */
    Migrations migrations(DataSource database) {
        return new Migrations(database, logins(server));
    }

    static Logins logins(EmbeddedPostgreSql server) {
        Secret password = new Secret(server.password());
        return new Logins(
                new Login(server.writer(), password),
                new Login(server.user(), password),
                new Login(server.reader(), password),
                new Login(server.sql(), password));
    }

    /** Connections as the sink's service has them. */
    public DataSource sinkConnections() {
        return sinkConnections;
    }

    /** Connections of the owner, who may read everything. */
    public DataSource reader() {
        return reader(server.database());
    }

    /** Connections of who may read the views only. */
    DataSource asReader() {
        return as(server.reader());
    }

    /** Connections of who runs the statements of people. */
    DataSource asSql() {
        return as(server.sql());
    }

    private DataSource as(String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(server.jdbcUrl());
        source.setUser(user);
        source.setPassword(server.password());
        return source;
    }

    DataSource reader(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(server.jdbcUrl());
        source.setDatabaseName(database);
        source.setUser(server.user());
        source.setPassword(server.password());
        source.setOptions("-c TimeZone=UTC");
        return source;
    }

    /** The rows of a query as a reader sees them, every value as text. */
    public List<Map<String, @Nullable String>> query(String sql) {
        return query(reader(), sql);
    }

    static List<Map<String, @Nullable String>> query(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = reader().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Empties every table, the place of reading included. */
    void clear() {
        List<String> tables = query("SELECT tablename FROM pg_tables WHERE schemaname = 'dise_g1'"
                        + " AND tablename <> 'flyway_schema_history'")
                .stream()
                .map(row -> "dise_g1." + row.get("tablename"))
                .toList();
        execute("TRUNCATE " + String.join(", ", tables));
    }

    @Override
    public void close() {
        sinkConnections.close();
        server.close();
    }

    private static HikariConfig pool(EmbeddedPostgreSql server) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(server.jdbcUrl());
        pool.setUsername(server.writer());
        pool.setPassword(server.password());
        pool.setMaximumPoolSize(4);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("currentSchema", GENERATION.schema());
        return pool;
    }
}
