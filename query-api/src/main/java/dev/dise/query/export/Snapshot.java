package dev.dise.query.export;

import dev.dise.query.AnswerSize;
import dev.dise.query.Database;
import dev.dise.query.DatabaseErrors;
import dev.dise.query.RowJson;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of several statements one behind the other, all of the moment when it was opened: a transaction of its own that
 * only reads, with a cursor in the server. Holds a hundred rows at a time. For one thread.
 */
final class Snapshot implements AutoCloseable {
    /** A row has up to 900 KiB. */
    static final int BATCH = 100;

    private static final Logger log = LoggerFactory.getLogger(Snapshot.class);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);
    private static final String FETCH = "FETCH FORWARD " + BATCH + " FROM exported";

    private final Connection connection;
    private final Deque<SqlQuery> queries;
    private List<String> columns = List.of();
    private boolean open;

    private Snapshot(Connection connection, List<SqlQuery> queries) {
        this.connection = connection;
        this.queries = new ArrayDeque<>(queries);
    }

    /**
     * Connects and takes the moment.
     *
     * @throws StoreUnavailableException if PostgreSQL does not answer
     */
    static Snapshot of(Database database, List<SqlQuery> queries) throws StoreUnavailableException {
        try {
            Snapshot snapshot = new Snapshot(database.alone(STATEMENT_TIMEOUT), queries);
            snapshot.begin();
            return snapshot;
        } catch (SQLException e) {
            throw DatabaseErrors.sorted(e);
        }
    }

    /**
     * The next rows; none at the end.
     *
     * @throws StoreUnavailableException if PostgreSQL is away, or takes longer than a minute
     */
    List<ObjectNode> next() throws StoreUnavailableException {
        try {
            while (open || declareNext()) {
                List<ObjectNode> rows = fetch();
                if (!rows.isEmpty()) {
                    return rows;
                }
                run("CLOSE exported");
                open = false;
            }
            return List.of();
        } catch (SQLException e) {
            throw DatabaseErrors.sorted(e);
        }
    }

    /** Their columns; known once rows were asked for. */
    List<String> columns() {
        return columns;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It only read, and whatever it read is written or told to be cut off.
            log.atDebug().setCause(e).log("connection of an export not closed");
        }
    }

    /** The plan is to be one whose first rows come soon, and not the cheapest for all of them. */
    private void begin() throws SQLException {
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            run("SET LOCAL cursor_tuple_fraction = 0.001");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private boolean declareNext() throws SQLException {
        SqlQuery query = queries.poll();
        if (query == null) {
            return false;
        }
        SqlQuery cursor = new SqlQuery("DECLARE exported NO SCROLL CURSOR FOR " + query.sql(), query.values());
        try (PreparedStatement statement = Database.prepare(connection, cursor)) {
            statement.execute();
        }
        open = true;
        return true;
    }

    private List<ObjectNode> fetch() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(FETCH)) {
            AnswerSize size = new AnswerSize();
            RowJson row = new RowJson(result, size);
            columns = row.columns();
            List<ObjectNode> rows = new ArrayList<>(BATCH);
            while (result.next()) {
                size.forget();
                rows.add(row.current());
            }
            return rows;
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
