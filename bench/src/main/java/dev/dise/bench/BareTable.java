package dev.dise.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A table without indexes and what it takes to fill it: the fastest way there is, and the slowest. */
final class BareTable {
    static final String TOPIC = "dise.bulk";
    static final String COLUMNS =
            "tool_id, log_level, message, details, event_id, event_time, source_topic, source_partition, source_offset";

    private static final String CREATE = """
            CREATE TABLE public.bare_logs (
                tool_id TEXT, log_level TEXT, message TEXT, details JSONB, event_id UUID, event_time TIMESTAMPTZ,
                source_topic TEXT, source_partition INTEGER, source_offset BIGINT)
            """;
    private static final String DROP = "DROP TABLE IF EXISTS public.bare_logs";
    private static final String INSERT =
            "INSERT INTO public.bare_logs (" + COLUMNS + ") VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)";
    private static final int BUFFER = 1 << 16;

    private final BenchServers servers;
    private final LogEvents events;

    BareTable(BenchServers servers, LogEvents events) {
        this.servers = servers;
        this.events = events;
    }

    /** Writes the rows in the text format of {@code COPY}, so that making them costs the measurement nothing. */
    Path prepare(int rows) throws IOException {
        Path file = servers.folder().resolve("rows.copy");
        try (Writer writer = Files.newBufferedWriter(file)) {
            for (int number = 0; number < rows; number++) {
                writer.write(events.at(number).copyLine(number));
            }
        }
        return file;
    }

    /** One {@code COPY} of all rows in one transaction: the limit. */
    double copiedRowsPerSecond(Path file, int rows) throws SQLException, IOException {
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement();
                InputStream lines = Files.newInputStream(file)) {
            statement.execute(DROP);
            statement.execute(CREATE);
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long begun = System.nanoTime();
            long copied = copy.copyIn("COPY public.bare_logs (" + COLUMNS + ") FROM STDIN", lines, BUFFER);
            double rate = rate(rows, begun);
            statement.execute(DROP);
            if (copied != rows) {
                throw new IllegalStateException("copied " + copied + " rows instead of " + rows);
            }
            return rate;
        }
    }

    /** One {@code INSERT} and one commit for each row. */
    double insertedRowsPerSecond(int rows) throws SQLException {
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(DROP);
            statement.execute(CREATE);
            long begun = System.nanoTime();
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (int number = 0; number < rows; number++) {
                    bind(insert, events.at(number), number);
                    insert.executeUpdate();
                }
            }
            double rate = rate(rows, begun);
            statement.execute(DROP);
            return rate;
        }
    }

    private static void bind(PreparedStatement insert, LogEvent event, int number) throws SQLException {
        insert.setString(1, event.toolId());
        insert.setString(2, event.levelName());
        insert.setString(3, event.message());
        insert.setString(4, event.detailsJson());
        insert.setObject(5, event.id());
        insert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
        insert.setString(7, TOPIC);
        insert.setInt(8, 0);
        insert.setLong(9, number);
    }

    private static double rate(int rows, long begun) {
        return rows * 1e9 / (System.nanoTime() - begun);
    }
}
