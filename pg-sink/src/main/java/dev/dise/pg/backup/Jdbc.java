package dev.dise.pg.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The statements that copying and filling tables needs, on one connection. */
final class Jdbc {
    private Jdbc() {}

    /** Reads one row of an answer. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Something that PostgreSQL or a file may refuse. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, IOException;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static <T> List<T> list(Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }

    static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** A name as SQL takes it; only ever one that the catalog has. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(List<String> names) {
        return names.stream().map(Jdbc::quoted).collect(Collectors.joining(", "));
    }

    /** Answers, or says in one sentence what could not be done. */
    static <T> T orRefuse(String failure, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(failure + ": " + e.getMessage(), e);
        }
    }
}
