package dev.dise.bench.query;

import dev.dise.query.Database;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/** One connection of a reader with the settings that the service has, and nothing between it and whoever asks. */
final class BareSql implements AutoCloseable {
    private static final String OPTIONS = "-c search_path=dise -c default_transaction_read_only=on -c timezone=UTC"
            + " -c plan_cache_mode=force_custom_plan -c random_page_cost=1.1 -c statement_timeout=10000";

    private final Connection connection;

    BareSql(DatabaseConfig config) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.logins().reader().user());
        properties.setProperty("password", config.logins().reader().password().value());
        properties.setProperty("binaryTransfer", "false");
        properties.setProperty("options", OPTIONS);
        this.connection = DriverManager.getConnection(config.jdbcUrl(), properties);
    }

    Connection connection() {
        return connection;
    }

    /** Asks and reads every column of every row; how many rows there were. */
    int rows(SqlQuery query) throws SQLException {
        return read(query, new HashSet<>());
    }

    /** The same, and keeps the first column. */
    Set<String> firstColumn(SqlQuery query) throws SQLException {
        Set<String> values = new HashSet<>();
        read(query, values);
        return values;
    }

    private int read(SqlQuery query, Set<String> first) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, query);
                ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            int rows = 0;
            while (result.next()) {
                first.add(String.valueOf(result.getString(1)));
                for (int column = 2; column <= columns; column++) {
                    String unused = result.getString(column);
                }
                rows++;
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
