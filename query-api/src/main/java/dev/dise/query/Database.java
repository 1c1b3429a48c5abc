package dev.dise.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The readers' views of PostgreSQL. Its connections can only read, see schema {@code dise}, and end a statement after ten
 * seconds. Thread-safe; a question that gets no connection fails after three seconds.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
    /** More than a usual page and the row behind it, which so come at once. */
    private static final int FETCH_SIZE = 128;

    private static final int ALL_AT_ONCE = 0;

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
        // JSON is text, and what PostgreSQL prints is nearly that.
        pool.addDataSourceProperty("binaryTransfer", "false");
        pool.addDataSourceProperty("options", options(STATEMENT_TIMEOUT));
        return new Database(new HikariDataSource(pool));
    }

    private static String options(Duration statementTimeout) {
        return "-c search_path=dise -c default_transaction_read_only=on -c timezone=UTC"
                + " -c default_transaction_isolation=repeatable\\ read"
                + " -c plan_cache_mode=force_custom_plan -c random_page_cost=1.1 -c statement_timeout="
                + statementTimeout.toMillis();
    }

    /** Every row of the answer, in its order. */
    public List<ObjectNode> rows(SqlQuery query) throws StoreUnavailableException {
        return rows(query, new AnswerSize());
    }

    /** The same as a part of a larger answer. */
    List<ObjectNode> rows(SqlQuery query, AnswerSize size) throws StoreUnavailableException {
        return on(connection -> rows(connection, query, FETCH_SIZE, size));
    }

    /**
     * Rows that take long to find: first where they are, then they themselves, of one snapshot. PostgreSQL puts several
     * processes to work only for who takes the whole answer at once, and places are small enough for that; rows are not.
     *
     * @param places what tells them apart
     * @param of the statement that reads the rows at some places
     */
    List<ObjectNode> rowsAt(SqlQuery places, Function<List<ObjectNode>, SqlQuery> of, AnswerSize size)
            throws StoreUnavailableException {
        return on(connection -> {
            List<ObjectNode> found = rows(connection, places, ALL_AT_ONCE, new AnswerSize());
            return found.isEmpty() ? found : rows(connection, of.apply(found), FETCH_SIZE, size);
        });
    }

    private interface Work {
        List<ObjectNode> on(Connection connection) throws SQLException;
    }

    private List<ObjectNode> on(Work work) throws StoreUnavailableException {
        try {
            Connection connection = connections.getConnection();
            try {
                return work.on(connection);
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw DatabaseErrors.sorted(e);
        }
    }

    private static List<ObjectNode> rows(Connection connection, SqlQuery query, int fetchSize, AnswerSize size)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, query)) {
            statement.setFetchSize(fetchSize);
            try (ResultSet result = statement.executeQuery()) {
                RowJson row = new RowJson(result, size);
                List<ObjectNode> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row.current());
                }
                return rows;
            }
        }
    }

    /** The end of its transaction takes a round trip to PostgreSQL, for which no answer has to wait. */
    private static void giveBack(Connection connection) {
        Thread.ofVirtual().name("query-give-back").start(() -> {
            try {
                connection.close();
            } catch (SQLException e) {
                // It only read; the pool replaces a connection that is broken.
                log.atDebug().setCause(e).log("connection not given back");
            }
        });
    }

    /** A connection of its own beside the others, for what takes long; whoever wants it closes it. */
    public Connection alone(Duration statementTimeout) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(connections.getDataSourceProperties());
        properties.setProperty("user", connections.getUsername());
        properties.setProperty("password", connections.getPassword());
        properties.setProperty("options", options(statementTimeout));
        properties.setProperty("socketTimeout", Long.toString(2 * statementTimeout.toSeconds()));
        return DriverManager.getConnection(connections.getJdbcUrl(), properties);
    }

    /** Returns if PostgreSQL answers. */
    void ping() throws StoreUnavailableException {
        rows(SqlQuery.of("SELECT 1"));
    }

    @Override
    public void close() {
        connections.close();
    }

    /** A statement with its values. */
    public static PreparedStatement prepare(Connection connection, SqlQuery query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.sql());
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
