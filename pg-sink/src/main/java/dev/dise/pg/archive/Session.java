package dev.dise.pg.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the owner while it looks after the tables of a generation, whose schema is the search path. Each
 * statement is a transaction of its own unless {@link #transaction} says otherwise. It waits for a lock only so long that
 * who waits behind it hardly notices; what it wanted it tries again another time.
 */
public final class Session implements AutoCloseable {
    /** Below PostgreSQL's deadlock_timeout of a second, so that of two who wait for each other this one gives up. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final Connection connection;

    private Session(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of an answer. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What happens in one transaction. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws SQLException, X;
    }

    public static Session open(DataSource owner, String schema) throws SQLException {
        Connection connection = owner.getConnection();
        try {
            Session session = new Session(connection);
            connection.setSchema(schema);
            session.execute("SET TIME ZONE 'UTC'");
            session.execute("SET statement_timeout = 0");
            session.waitForLocks(PATIENCE);
            return session;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether a statement gave up since others had the table. */
    public static boolean isBusy(SQLException e) {
        return "55P03".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    /** Whether a statement names a table that is not there. */
    static boolean isNoTable(SQLException e) {
        return "42P01".equals(e.getSQLState());
    }

    /** How long each statement waits for a lock from now on. */
    public void waitForLocks(Duration patience) throws SQLException {
        execute("SET lock_timeout = " + patience.toMillis());
    }

    /** The same as at first. */
    public void waitForLocksShortly() throws SQLException {
        waitForLocks(PATIENCE);
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    /** The one row of an answer. */
    public <T> T one(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        return list(sql, reader, values).get(0);
    }

    /** Commits if the work says so, else undoes it; returns which of the two. */
    public <X extends Exception> boolean transaction(Work<Boolean, X> work) throws SQLException, X {
        return inTransaction(work, good -> good);
    }

    /** All of the work or nothing. */
    public <T, X extends Exception> T atomically(Work<T, X> work) throws SQLException, X {
        return inTransaction(work, any -> true);
    }

    /** Reads several times from one state of the tables, whatever others commit meanwhile. */
    public <T, X extends Exception> T snapshot(Work<T, X> reading) throws SQLException, X {
        return inTransaction(
                () -> {
                    execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                    return reading.run();
                },
                any -> true);
    }

    /** Sends the answer of a {@code COPY … TO STDOUT}; returns its rows. */
    long copyOut(String sql, OutputStream out) throws SQLException, IOException {
        return copies().copyOut(sql, out);
    }

    /** Fills a {@code COPY … FROM STDIN}; returns its rows. */
    long copyIn(String sql, InputStream in) throws SQLException, IOException {
        return copies().copyIn(sql, in);
    }

    /** For who writes rows; its transactions are begun and ended here. */
    public Connection connection() {
        return connection;
    }

    /** Whether statements still reach the server. */
    boolean isAlive() {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the statement that runs, from another thread; it fails then. Nothing happens if none runs. */
    void cancel() throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private <T, X extends Exception> T inTransaction(Work<T, X> work, Predicate<T> isGood) throws SQLException, X {
        connection.setAutoCommit(false);
        boolean over = false;
        try {
            T result = work.run();
            if (isGood.test(result)) {
                connection.commit();
            } else {
                connection.rollback();
            }
            over = true;
            connection.setAutoCommit(true);
            return result;
        } finally {
            if (!over) {
                undo();
            }
        }
    }

    private void undo() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is gone, and its transaction with it. What failed first is on its way to the caller.
            log.atDebug().setCause(e).log("no answer to a rollback");
        }
    }

    private CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
