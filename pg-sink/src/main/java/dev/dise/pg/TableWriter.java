package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes rows of one table with one statement that merges: what is there already is left, or is made newer. */
final class TableWriter {
    private final Connection connection;

    TableWriter(Connection connection) {
        this.connection = connection;
    }

    /**
     * Writes rows of the same table, no two of the same key.
     *
     * @return of an entity table the ids of the events that became the newest version; else nothing
     */
    Set<UUID> write(Table table, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.insert(table))) {
            bind(statement, table, rows);
            return table.kind() == Table.Kind.ENTITY ? written(statement) : none(statement);
        }
    }

    /** Adds rows to an append-only table without a look at what is there. */
    void add(Table table, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.add(table))) {
            bind(statement, table, rows);
            statement.executeUpdate();
        }
    }

    private static Set<UUID> none(PreparedStatement statement) throws SQLException {
        statement.executeUpdate();
        return Set.of();
    }

    private static Set<UUID> written(PreparedStatement statement) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                ids.add(result.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private void bind(PreparedStatement statement, Table table, List<Row> rows) throws SQLException {
        int parameter = 1;
        var cells = table.kind() == Table.Kind.ENTITY ? Cells.ofEntity(table) : Cells.of(table);
        for (Function<Row, @Nullable String> cell : cells) {
            @Nullable String[] array = new @Nullable String[rows.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = cell.apply(rows.get(i));
            }
            statement.setArray(parameter++, connection.createArrayOf("text", array));
        }
    }
}
