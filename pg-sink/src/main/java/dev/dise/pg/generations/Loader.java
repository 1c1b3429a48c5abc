package dev.dise.pg.generations;

import dev.dise.pg.BatchWriter;
import dev.dise.pg.Generation;
import dev.dise.pg.Partitions;
import dev.dise.pg.Row;
import dev.dise.pg.archive.Session;
import dev.dise.pg.generations.EventPipe.Chunk;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves what the topic has into a generation that only this process writes, from its places to the topic's end. Rows and
 * places move in the same transaction, so that whoever goes on after a kill neither misses nor doubles a row.
 */
final class Loader {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Workshop workshop;
    private final Session session;
    private final Generation generation;
    private final Partitions days;
    private final Map<String, Instant> oldest;
    private long records;
    private long refused;

    /** How rows are written. */
    interface Way {
        /** Rows of one transaction at most. */
        int batch();

        BatchWriter writer(Session session);

        /** After partitions were made, outside of a transaction. */
        default void daysMade() throws SQLException {}

        /** In the transaction that writes the rows. */
        default void noting(List<Row> rows) throws SQLException {}

        /** After a transaction. */
        default void pieceDone(long done, long total) {}
    }

    /**
     * @param oldest by table: rows before it are left out, since they have left the live generation
     */
    Loader(Workshop workshop, Session session, Generation generation, Map<String, Instant> oldest) {
        this.workshop = workshop;
        this.session = session;
        this.generation = generation;
        this.days = new Partitions(workshop.clock());
        this.oldest = Map.copyOf(oldest);
    }

    /** Records read so far. */
    long records() {
        return records;
    }

    /** Rows that PostgreSQL refused, and records that are no events. The live sink has made dead letters of them. */
    long refused() {
        return refused;
    }

    /** Loads up to where the topic ends now. */
    void load(Way way) throws SQLException {
        Map<Partition, Long> places = Places.of(session.connection(), generation);
        try (EventPipe pipe = EventPipe.open(workshop.kafka(), places)) {
            long done = 0;
            Gathering gathering = new Gathering();
            while (true) {
                Chunk chunk = pipe.next();
                gathering.add(chunk);
                if (!gathering.isEmpty() && (chunk.isEnd() || gathering.isFull(way.batch()))) {
                    write(gathering, way);
                    done += gathering.records;
                    way.pieceDone(done, pipe.total());
                    gathering = new Gathering();
                }
                if (chunk.isEnd()) {
                    return;
                }
            }
        }
    }

    private void write(Gathering gathering, Way way) throws SQLException {
        List<Row> rows = gathering.rows.stream().filter(this::isYoungEnough).toList();
        days.ensureFor(rows, session.connection());
        way.daysMade();
        long refusals = session.<Long, SQLException>atomically(() -> {
            session.execute("SET LOCAL synchronous_commit = off");
            Places.move(session.connection(), generation, gathering.spans);
            way.noting(rows);
            long bad = way.writer(session).write(rows).size();
            workshop.failpoints().hit("rebuild.while_loading");
            return bad;
        });
        refused += refusals + gathering.undecodable;
        records += gathering.records;
    }

    private boolean isYoungEnough(Row row) {
        Instant first = oldest.get(row.table().name());
        return first == null || !row.time().isBefore(first);
    }

    /** What is written together. */
    private static final class Gathering {
        private final List<Row> rows = new ArrayList<>();
        private final Map<Partition, Span> spans = new HashMap<>();
        private long records;
        private long undecodable;
        private long bytes;

        void add(Chunk chunk) {
            rows.addAll(chunk.rows());
            chunk.spans()
                    .forEach((partition, span) ->
                            spans.merge(partition, span, (before, more) -> new Span(before.from(), more.to())));
            records += chunk.records();
            undecodable += chunk.undecodable();
            bytes += chunk.bytes();
        }

        boolean isEmpty() {
            return spans.isEmpty();
        }

        boolean isFull(int batch) {
            return rows.size() >= batch || bytes >= MOST_BYTES;
        }
    }
}
