package dev.dise.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The table that Debezium fills: columns and indexes of the sink's own. */
final class DebeziumTable implements AutoCloseable {
    static final String NAME = "public.debezium_logs";

    private static final String CREATE = """
            CREATE TABLE public.debezium_logs (
                id BIGINT GENERATED ALWAYS AS IDENTITY,
                tool_id TEXT NOT NULL, log_level TEXT NOT NULL, message TEXT NOT NULL, details JSONB,
                event_id UUID NOT NULL PRIMARY KEY, event_time TIMESTAMPTZ NOT NULL,
                ingested_at TIMESTAMPTZ NOT NULL DEFAULT now(),
                source_topic TEXT NOT NULL, source_partition INTEGER NOT NULL, source_offset BIGINT NOT NULL);
            CREATE INDEX ON public.debezium_logs (tool_id, event_time DESC);
            CREATE INDEX ON public.debezium_logs (event_time DESC)
            """;

    private final Connection connection;

    private DebeziumTable(Connection connection) {
        this.connection = connection;
    }

    static DebeziumTable create(Connection connection) throws SQLException {
        DebeziumTable table = new DebeziumTable(connection);
        table.execute(CREATE);
        return table;
    }

    boolean has(UUID eventId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM " + NAME + " WHERE event_id = ?")) {
            query.setObject(1, eventId);
            try (ResultSet result = query.executeQuery()) {
                return result.next();
            }
        }
    }

    long rows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + NAME)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP TABLE " + NAME);
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
