package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tells which rows of an append-only table are there already. */
final class StoredEvents {
    private final Connection connection;

    StoredEvents(Connection connection) {
        this.connection = connection;
    }

    /** The rows whose events are not there, on their day if the table has days; in their order. */
    List<Row> absentOf(Table table, List<Row> rows) throws SQLException {
        Set<UUID> stored = read(table, rows);
        return rows.stream().filter(row -> !stored.contains(row.eventId())).toList();
    }

    private Set<UUID> read(Table table, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.stored(table))) {
            UUID[] ids = rows.stream().map(Row::eventId).toArray(UUID[]::new);
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            if (table.isPartitioned()) {
                statement.setObject(
                        2, midnight(rows.stream().mapToLong(Row::day).min().orElseThrow()));
                statement.setObject(
                        3, midnight(rows.stream().mapToLong(Row::day).max().orElseThrow() + 1));
            }
            Set<UUID> stored = new HashSet<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    stored.add(result.getObject(1, UUID.class));
                }
            }
            return stored;
        }
    }

    private static Object midnight(long day) {
        return LocalDate.ofEpochDay(day).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
