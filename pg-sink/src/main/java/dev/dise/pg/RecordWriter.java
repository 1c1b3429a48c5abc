package dev.dise.pg;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.InvalidEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes records of {@code dise.bulk} into the tables on a connection's search path, by the very rules of the sink; but it
 * moves no offset and makes no dead letter. Used by one thread, apart from {@link #decode}.
 */
public final class RecordWriter {
    private final EventDecoder decoder = EventDecoder.flat();
    private final Connection connection;
    private final Map<String, Instant> keptFrom;

    /**
     * Commits nothing.
     *
     * @param connection not in auto-commit
     * @param keptFrom of tables by name the time before which rows are left out
     */
    public RecordWriter(Connection connection, Map<String, Instant> keptFrom) {
        this.connection = connection;
        this.keptFrom = Map.copyOf(keptFrom);
    }

    /** The events of the records, without those that no sink can read; may be called from another thread. */
    public List<Delivery<DecodedEvent>> decode(List<SourceRecord> records) {
        List<Delivery<DecodedEvent>> events = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            try {
                events.add(new Delivery<>(record, decoder.decode(record)));
            } catch (InvalidEventException e) {
                // The sink has made a dead letter of it: it is no row.
            }
        }
        return events;
    }

    /** Writes what PostgreSQL takes; what it refuses is left out, as the sink leaves it out. */
    public void write(List<Delivery<DecodedEvent>> events) throws SQLException {
        List<Row> rows = events.stream().map(Row::from).filter(this::isKept).toList();
        new BatchWriter(connection).write(rows);
    }

    private boolean isKept(Row row) {
        Instant from = keptFrom.get(row.table().name());
        return from == null || !row.time().isBefore(from);
    }
}
