package dev.dise.pg;

import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Finds the rows of single events in the live generation, as a reader. Each question has a connection of its own; nothing is
 * connected before the first. Thread-safe.
 */
public final class EventRows {
    private static final int SECONDS = 30;
    private static final String COLUMNS =
            " AS t, id, event_id, event_time, ingested_at, source_topic, source_partition, source_offset FROM dise.";
    /** The tables with an index by event; the others are found by their entity. */
    private static final List<Table> BY_EVENT = Tables.ALL.stream()
            .filter(table -> table != Tables.PERFORMANCE_ARTIFACTS && table != Tables.ARTIFACTS)
            .toList();

    private static final String OF_EVENT = BY_EVENT.stream()
            .map(table -> select(table) + " WHERE event_id = ?")
            .collect(Collectors.joining(" UNION ALL "));
    private static final String VERSION =
            "SELECT event_id, event_time, deleted_at FROM dise.entity_versions WHERE type = ? AND subject = ?";

    private final DataSource connections;

    /** What a row of an answer is. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(ResultSet result) throws SQLException;
    }

    EventRows(DataSource connections) {
        this.connections = connections;
    }

    /** Rows of the database that the config names. */
    public static EventRows in(DatabaseConfig config) {
        return new EventRows(Connections.reader("dise-trace", config));
    }

    /**
     * The rows that hold the event; of an entity none if a newer event has made its newest version, and of an artifact's own
     * row none at all: ask {@link #ofEntity}.
     */
    public List<EventRow> ofEvent(UUID eventId) throws StoreUnavailableException {
        Object[] values = new Object[BY_EVENT.size()];
        Arrays.fill(values, eventId);
        return ask(OF_EVENT, EventRows::row, values);
    }

    /** The row of an entity, whichever event made it; none if it is deleted, or never was. */
    public List<EventRow> ofEntity(EventType type, String subject) throws StoreUnavailableException {
        Table table = Tables.tableFor(type);
        String keys = table.key().stream().map(key -> key + " = ?").collect(Collectors.joining(" AND "));
        String sql = select(table) + " WHERE " + keys;
        return table == Tables.ARTIFACTS
                ? ask(sql, EventRows::row, type.wireName(), subject)
                : ask(sql, EventRows::row, subject);
    }

    /** Which version of an entity there is; deletions count. */
    public Optional<EntityVersion> version(EventType type, String subject) throws StoreUnavailableException {
        return ask(VERSION, EventRows::version, type.wireName(), subject).stream()
                .findFirst();
    }

    private static String select(Table table) {
        return "SELECT '" + table.name() + "'" + COLUMNS + table.name();
    }

    private <T> List<T> ask(String sql, Reading<T> reading, Object... values) throws StoreUnavailableException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(SECONDS);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reading.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new StoreUnavailableException("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    private static EventRow row(ResultSet result) throws SQLException {
        return new EventRow(
                result.getString(1),
                result.getLong(2),
                result.getObject(3, UUID.class),
                time(result, 4),
                time(result, 5),
                result.getString(6),
                result.getInt(7),
                result.getLong(8));
    }

    private static EntityVersion version(ResultSet result) throws SQLException {
        return new EntityVersion(result.getObject(1, UUID.class), time(result, 2), result.getObject(3) != null);
    }

    private static Instant time(ResultSet result, int column) throws SQLException {
        return result.getObject(column, OffsetDateTime.class).toInstant();
    }
}
