package dev.dise.pg;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes rows of one table with one statement. */
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
        for (Function<Row, @Nullable String> value : values(table)) {
            @Nullable String[] array = new @Nullable String[rows.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = value.apply(rows.get(i));
            }
            statement.setArray(parameter++, connection.createArrayOf("text", array));
        }
    }

    private static List<Function<Row, @Nullable String>> values(Table table) {
        List<Function<Row, @Nullable String>> values = new ArrayList<>(Statements.parameters(table));
        for (int i = 0; i < table.columns().size(); i++) {
            int column = i;
            values.add(row -> row.value(column));
        }
        values.add(row -> EventIds.asUuid(row.envelope().id()).toString());
        values.add(row -> time(row.envelope()));
        values.add(row -> row.envelope().runId());
        values.add(row -> row.delivery().record().partition().topic());
        values.add(row -> Integer.toString(row.delivery().record().partition().number()));
        values.add(row -> Long.toString(row.delivery().record().offset()));
        if (table.kind() == Table.Kind.ENTITY) {
            values.add(row -> row.isDeletion() ? time(row.envelope()) : null);
            values.add(Row::fieldsSet);
        }
        return values;
    }

    private static String time(Envelope envelope) {
        return EnvelopeHeaders.formatTime(envelope.time());
    }
}
