package dev.dise.query.sql;

import dev.dise.query.RefusedException;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.core.Parser;

/** Runs a statement on a connection of its own. */
record SqlRun(SqlConnections connections) {
    private static final int FETCH_SIZE = 20;

    /** @throws RefusedException if PostgreSQL does not take it, or it takes too long */
    SqlAnswer answer(SqlOrder order) throws StoreUnavailableException {
        SqlErrors errors = new SqlErrors(order.statement(), connections.timeout());
        try (Connection connection = connections.open()) {
            SqlConnections.requireHarmless(connection, order.statement().called());
            return run(connection, order, errors);
        } catch (SQLException e) {
            throw errors.sorted(e, false);
        }
    }

    private SqlAnswer run(Connection connection, SqlOrder order, SqlErrors errors)
            throws SQLException, StoreUnavailableException {
        requireOne(order.statement().driverText());
        try (PreparedStatement statement =
                        connection.prepareStatement(order.statement().driverText());
                Watchdog watchdog = Watchdog.over(connection, statement, connections.timeout())) {
            statement.setFetchSize(FETCH_SIZE);
            new SqlValues(connection, statement).bind(order.values());
            try (ResultSet result = statement.executeQuery()) {
                return new SqlRows(result).upTo(order.maxRows());
            } catch (SQLException e) {
                throw errors.sorted(e, watchdog.hasBarked());
            }
        }
    }

    /** The driver parts statements by itself before PostgreSQL could refuse them; it must see one too. */
    private static void requireOne(String driverText) throws SQLException {
        if (Parser.parseJdbcSql(driverText, true, true, true, false, false).size() != 1) {
            throw RefusedException.badValue("sql", "must be one statement");
        }
    }
}
