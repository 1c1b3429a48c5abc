package dev.dise.pg;

import com.zaxxer.hikari.HikariDataSource;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreReplay;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of {@code dise.bulk} again, into the generation that readers see, beside its sink: by the same code, but no
 * place of reading moves.
 */
public final class PgReplay implements StoreReplay {
    private static final String NAME = "pg-replay";

    private final DatabaseConfig config;
    private final EventDecoder decoder = EventDecoder.flat();
    private final Partitions partitions = new Partitions(Clock.systemUTC());
    private @Nullable HikariDataSource dataSource;

    private PgReplay(DatabaseConfig config) {
        this.config = config;
    }

    /** Nothing is connected before there is something to write. */
    public static PgReplay of(DatabaseConfig config) {
        return new PgReplay(config);
    }

    @Override
    public String topic() {
        return Topic.BULK.topicName();
    }

    @Override
    public @Nullable String toolOf(SourceRecord record) {
        byte[] value = record.value();
        try {
            return value == null ? null : Json.parse(value).path("tool_id").stringValue(null);
        } catch (InvalidEventException e) {
            // Whoever writes it makes a dead letter of it; nobody can say whose it is.
            return null;
        }
    }

    @Override
    public Written write(List<SourceRecord> records, Refusals refusals) throws StoreUnavailableException {
        List<Rejection> refused = new ArrayList<>();
        List<Row> rows = rows(records, refused);
        try (Connection connection = connections().getConnection()) {
            partitions.ensureFor(rows, connection);
            connection.setAutoCommit(false);
            BatchWriter writer = new BatchWriter(connection);
            List<Rejection> bad = writer.write(rows);
            PgSink.requireMostlyGood(bad.size(), rows.size());
            refused.addAll(bad);
            refusals.accept(refused);
            connection.commit();
            return new Written(writer.changed(), rows.size() - writer.changed() - bad.size(), refused.size());
        } catch (SQLException e) {
            throw PgSink.sorted(e);
        }
    }

    @Override
    public void close() {
        if (dataSource != null) {
            dataSource.close();
        }
    }

    private List<Row> rows(List<SourceRecord> records, List<Rejection> refused) {
        List<Row> rows = new ArrayList<>();
        for (SourceRecord record : records) {
            try {
                DecodedEvent event = decoder.decode(record);
                rows.add(Row.from(new Delivery<>(record, event)));
            } catch (InvalidEventException e) {
                refused.add(new Rejection(record, e.reason().name(), e.explanation()));
            }
        }
        return rows;
    }

    private HikariDataSource connections() throws SQLException {
        if (dataSource == null) {
            Generation live = LiveGeneration.of(Connections.writer(NAME, config), new Generation(config.generation()));
            dataSource = Connections.pool(NAME, config, live);
        }
        return dataSource;
    }
}
