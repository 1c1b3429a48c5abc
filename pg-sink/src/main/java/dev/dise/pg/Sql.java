package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Short ways to ask one connection; statements have no values in them, and names only from the catalogue of tables. */
public record Sql(Connection connection) {
    /** Makes something of one row. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Runs one statement. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns how many rows it changed. */
    public long update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeLargeUpdate();
        }
    }

    /** What a query gives, row by row. */
    public <T> List<T> list(String sql, Reading<T> reading, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reading.of(result));
            }
            return rows;
        }
    }

    /** The only value of a query, as a number. */
    public long number(String sql, Object... values) throws SQLException {
        return list(sql, row -> row.getLong(1), values).get(0);
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
