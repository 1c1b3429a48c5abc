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
     * What a statement did.
     *
     * @param newest of an entity table the ids of the events that became the newest version; else none
     * @param rows that were added or made newer
     */
    record Written(Set<UUID> newest, int rows) {}

    /** Writes rows of the same table, no two of the same key. */
    Written write(Table table, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.insert(table))) {
            bind(statement, table, rows);
            if (table.kind() == Table.Kind.APPEND) {
                return new Written(Set.of(), statement.executeUpdate());
            }
            Set<UUID> newest = newest(statement);
            return new Written(newest, newest.size());
        }
    }

    /** Adds rows to an append-only table without a look at what is there. */
    void add(Table table, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.add(table))) {
            bind(statement, table, rows);
            statement.executeUpdate();
        }
    }

    private static Set<UUID> newest(PreparedStatement statement) throws SQLException {
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
