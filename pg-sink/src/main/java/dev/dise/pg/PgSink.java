package dev.dise.pg;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.PlaceLostException;
import dev.dise.runtime.sink.Positions;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.Span;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes events into PostgreSQL, each once: a batch and the offsets it came from are one transaction, the offsets move
 * by compare-and-set, and the unique event ids make a second delivery harmless. Dead letters are safe before the commit.
 */
public final class PgSink implements Sink<DecodedEvent>, Positions {
    /** So many bad rows, if they are most of a batch, are no accident. */
    private static final int SYSTEMIC = 50;

    private final DataSource dataSource;
    private final Failpoints failpoints;
    private final @Nullable SharedLetters letters;
    private final Map<Partition, Long> places = new HashMap<>();
    private final Partitions partitions = new Partitions(Clock.systemUTC());

    /**
     * @param dataSource connections whose {@code search_path} is the generation's schema; not closed here
     */
    public PgSink(DataSource dataSource) {
        this(dataSource, Failpoints.none());
    }

    PgSink(DataSource dataSource, Failpoints failpoints) {
        this(dataSource, failpoints, null);
    }

    /**
     * @param letters where its refusals end up, if other generations refuse the same
     */
    PgSink(DataSource dataSource, Failpoints failpoints, @Nullable SharedLetters letters) {
        this.dataSource = dataSource;
        this.failpoints = failpoints;
        this.letters = letters;
    }

    @Override
    public Map<Partition, Long> of(Set<Partition> partitions) throws StoreUnavailableException {
        try (Connection connection = dataSource.getConnection()) {
            Map<Partition, Long> stored = OffsetTable.read(connection);
            stored.keySet().retainAll(partitions);
            places.keySet().removeAll(partitions);
            places.putAll(stored);
            return stored;
        } catch (SQLException e) {
            throw sorted(e);
        }
    }

    @Override
    public void write(Batch<DecodedEvent> batch, Refusals refusals)
            throws StoreUnavailableException, PlaceLostException {
        List<Row> rows =
                batch.deliveries().stream().filter(this::isAhead).map(Row::from).toList();
        try (Connection connection = dataSource.getConnection()) {
            partitions.ensureFor(rows, connection);
            failpoints.hit("sink.before_offsets");
            connection.setAutoCommit(false);
            if (!moveOffsets(connection, batch.spans())) {
                return;
            }
            failpoints.hit("sink.after_offsets");
            List<Rejection> rejections = new BatchWriter(connection).write(rows);
            failpoints.hit("sink.after_insert");
            requireMostlyGood(rejections.size(), rows.size());
            refuse(rejections, refusals, connection);
            failpoints.hit("sink.before_commit");
            connection.commit();
            failpoints.hit("sink.after_commit");
            batch.spans().forEach((partition, span) -> places.merge(partition, span.to(), Math::max));
        } catch (SQLException e) {
            throw sorted(e);
        }
    }

    private void refuse(List<Rejection> rejections, Refusals refusals, Connection connection)
            throws StoreUnavailableException {
        if (letters == null) {
            refusals.accept(rejections);
            return;
        }
        letters.within(connection);
        try {
            refusals.accept(rejections);
        } finally {
            letters.within(null);
        }
    }

    /** Not so what was written before, when a later part of the same batch failed. */
    private boolean isAhead(Delivery<DecodedEvent> delivery) {
        Long place = places.get(delivery.record().partition());
        return place == null || delivery.record().offset() >= place;
    }

    /** Nothing to close: the connections belong to the service. */
    @Override
    public void close() {}

    /** A batch that is mostly bad says that something else is wrong: a flood of dead letters would only hide it. */
    static void requireMostlyGood(int bad, int all) {
        if (bad >= SYSTEMIC && 2 * bad > all) {
            throw new IllegalStateException("PostgreSQL refuses " + bad + " of " + all
                    + " rows of one batch; nothing was written and no dead letter was made: compare the migrations with"
                    + " what is emitted");
        }
    }

    /** Returns false if the batch was committed before, and only the answer was lost. */
    private boolean moveOffsets(Connection connection, Map<Partition, Span> spans)
            throws SQLException, PlaceLostException {
        for (Map.Entry<Partition, Span> span : new TreeMap<>(spans).entrySet()) {
            Partition partition = span.getKey();
            Long place = places.get(partition);
            if (isBehind(span.getValue(), place)) {
                continue;
            }
            if (!OffsetTable.move(connection, partition, place, span.getValue())) {
                connection.rollback();
                if (wasCommitted(connection, spans)) {
                    spans.forEach((moved, to) -> places.put(moved, to.to()));
                    return false;
                }
                throw new PlaceLostException(partition);
            }
        }
        return true;
    }

    /** Written before, as part of a batch of which a later part failed: a place never moves back. */
    private static boolean isBehind(Span span, @Nullable Long place) {
        return place != null && span.to() <= place;
    }

    private static boolean wasCommitted(Connection connection, Map<Partition, Span> spans) throws SQLException {
        Map<Partition, Long> stored = OffsetTable.read(connection);
        return spans.entrySet().stream()
                .allMatch(span -> Long.valueOf(span.getValue().to()).equals(stored.get(span.getKey())));
    }

    /**
     * What the same call may survive later, as that.
     *
     * @throws IllegalStateException if a person must act
     */
    static StoreUnavailableException sorted(SQLException e) {
        if (PgErrors.kindOf(e) == PgErrors.Kind.UNAVAILABLE) {
            String message = "PostgreSQL is unavailable: " + e.getMessage();
            if (PgErrors.isTooSlow(e)) {
                return StoreUnavailableException.tooSlow(message, e);
            }
            return PgErrors.isOverload(e)
                    ? StoreUnavailableException.overload(message, e)
                    : new StoreUnavailableException(message, e);
        }
        throw new IllegalStateException(
                "PostgreSQL and this version do not fit together, SQLSTATE " + e.getSQLState()
                        + "; nothing was written: check the rights of the user and the migrations",
                e);
    }
}
