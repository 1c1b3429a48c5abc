package dev.dise.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The readers' views of PostgreSQL. Its connections can only read, see schema {@code dise}, and end a statement after ten
 * seconds. Thread-safe; a question that gets no connection fails after three seconds.
 */
public final class Database implements AutoCloseable {
    static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
    private static final int FETCH_SIZE = 100;

    private final HikariDataSource connections;

    private Database(HikariDataSource connections) {
        this.connections = connections;
    }

    /**
     * Connects when the first question comes, so that it starts without its database. Every statement is planned with its
     * values: a plan for all values would have to lock every partition, and could use no partial index. A page that is
     * read by itself is taken to cost little more than one in a row, which is true of today's disks and of the cache.
     */
    static Database open(DatabaseConfig config, Metrics metrics) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("dise-query");
        pool.setJdbcUrl(config.jdbcUrl());
        pool.setUsername(config.logins().reader().user());
        pool.setPassword(config.logins().reader().password().value());
        pool.setMaximumPoolSize(config.maxConnections());
        pool.setMinimumIdle(Math.min(config.minConnections(), config.maxConnections()));
        pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setReadOnly(true);
        pool.setAutoCommit(false);
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(metrics.registry()));
        pool.addDataSourceProperty("ApplicationName", "dise-query");
        pool.addDataSourceProperty("connectTimeout", "3");
        pool.addDataSourceProperty("socketTimeout", "15");
        pool.addDataSourceProperty(
                "options",
                "-c search_path=dise -c default_transaction_read_only=on -c timezone=UTC"
                        + " -c plan_cache_mode=force_custom_plan -c random_page_cost=1.1 -c statement_timeout="
                        + STATEMENT_TIMEOUT.toMillis());
        return new Database(new HikariDataSource(pool));
    }

    /** Every row of the answer, in its order. */
    public List<ObjectNode> rows(SqlQuery query) throws StoreUnavailableException {
        return rows(query, new AnswerSize());
    }

    /** The same as a part of a larger answer. */
    List<ObjectNode> rows(SqlQuery query, AnswerSize size) throws StoreUnavailableException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(connection, query);
                ResultSet result = statement.executeQuery()) {
            RowJson row = new RowJson(result, size);
            List<ObjectNode> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row.current());
            }
            return rows;
        } catch (SQLException e) {
            throw DatabaseErrors.sorted(e);
        }
    }

    /** Returns if PostgreSQL answers. */
    void ping() throws StoreUnavailableException {
        rows(SqlQuery.of("SELECT 1"));
    }

    @Override
    public void close() {
        connections.close();
    }

    private static PreparedStatement prepare(Connection connection, SqlQuery query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.sql());
        statement.setFetchSize(FETCH_SIZE);
        for (int i = 0; i < query.values().size(); i++) {
            statement.setObject(i + 1, bindable(connection, query.values().get(i)));
        }
        return statement;
    }

    private static Object bindable(Connection connection, Object value) throws SQLException {
        if (value instanceof List<?> list) {
            String type = !list.isEmpty() && list.getFirst() instanceof UUID ? "uuid" : "text";
            return connection.createArrayOf(type, list.toArray());
        }
        return value;
    }
}
