package dev.dise.pg.generations;

import dev.dise.pg.BatchWriter;
import dev.dise.pg.Generation;
import dev.dise.pg.Partitions;
import dev.dise.pg.Row;
import dev.dise.pg.archive.ArchiveList;
import dev.dise.pg.archive.Session;
import dev.dise.pg.generations.EventPipe.Chunk;
import dev.dise.pg.generations.Registered.Standing;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Shows that a new generation is what the live one is, at the same places of the topic, while the live one goes on: in one
 * snapshot of the database it reads how far the live one is, brings the new one there, and compares. If they are equal the same
 * transaction makes the new one a follower.
 */
final class Proof {
    /** More than that is caught up first, outside of a long transaction. */
    private static final long LONGEST_TAIL = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 50;

    private final Workshop workshop;
    private final Session session;
    private final Generation generation;

    /**
     * @param session whose search path is the new generation
     */
    Proof(Workshop workshop, Session session, Generation generation) {
        this.workshop = workshop;
        this.session = session;
        this.generation = generation;
    }

    /**
     * Compares, and makes it a follower.
     *
     * @param phase what is then still to be done with it
     * @return the digest of both; empty if the live one is so far ahead that there is something to catch up first
     * @throws IllegalStateException if they differ, with the tables that do; or if the live one does not move
     */
    Optional<String> establish(Horizon horizon, String phase) throws SQLException {
        awaitLive();
        Digest[] digest = new Digest[1];
        boolean done = session.<SQLException>transaction(() -> {
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Connection connection = session.connection();
            Generation live = Workshop.live(session);
            Map<Partition, Long> there = Places.of(connection, live);
            Map<Partition, Long> here = Places.of(connection, generation);
            if (Places.behind(there, here) > 0 || Places.behind(here, there) > LONGEST_TAIL) {
                return false;
            }
            writeTail(here, there);
            Horizon both = horizon.behindArchives(session, live);
            digest[0] = Digest.of(session, generation, both);
            requireSame(digest[0], Digest.of(session, live, both), live);
            ArchiveList.inherit(session, live);
            Registry.become(connection, generation, Standing.FOLLOWING, phase);
            workshop.failpoints().hit("rebuild.before_follow");
            return true;
        });
        return done ? Optional.of(digest[0].text()) : Optional.empty();
    }

    private void requireSame(Digest mine, Digest theirs, Generation live) {
        List<String> differences = mine.differences(theirs);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("generation " + generation.number() + " differs from the live generation "
                    + live.number() + ", in " + String.join("; ", differences)
                    + ". It is left as it is, and nobody sees it: ./dise verify says which rows of the live one are not"
                    + " what the topic says; rebuild again once it is repaired, or drop the new one");
        }
    }

    /** The live one may be behind where nothing writes into it. */
    private void awaitLive() throws SQLException {
        long last = -1;
        long deadline = 0;
        while (true) {
            Map<Partition, Long> there = Places.of(session.connection(), Workshop.live(session));
            long behind = Places.behind(there, Places.of(session.connection(), generation));
            if (behind == 0) {
                return;
            }
            if (behind != last) {
                last = behind;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException(String.format(
                        "the live generation is %,d records behind the new one and has not moved for %d s, so the two cannot"
                                + " be compared: start the sink, and rebuild again, which goes on here",
                        behind, PATIENCE.toSeconds()));
            }
            pause();
        }
    }

    private void writeTail(Map<Partition, Long> here, Map<Partition, Long> there) throws SQLException {
        if (Places.behind(here, there) == 0) {
            return;
        }
        List<Row> rows = new ArrayList<>();
        Map<Partition, Span> spans = new HashMap<>();
        try (EventPipe pipe = EventPipe.open(
                workshop.kafka(), here, record -> record.offset() < there.getOrDefault(record.partition(), 0L))) {
            // The topic has grown since: what the live one has not read is read here too, and left.
            while (Places.behind(reached(here, spans), there) > 0) {
                Chunk chunk = pipe.next();
                rows.addAll(chunk.rows());
                chunk.spans()
                        .forEach((partition, span) ->
                                spans.merge(partition, span, (before, more) -> new Span(before.from(), more.to())));
                if (chunk.isEnd()) {
                    break;
                }
            }
        }
        try (Session other = workshop.session(generation)) {
            new Partitions(workshop.clock()).ensureFor(rows, other.connection());
        }
        new BatchWriter(session.connection()).write(rows);
        there.forEach((partition, place) -> spans.put(partition, new Span(0, place)));
        Places.move(session.connection(), generation, spans);
    }

    private static Map<Partition, Long> reached(Map<Partition, Long> here, Map<Partition, Span> spans) {
        Map<Partition, Long> reached = new HashMap<>(here);
        spans.forEach((partition, span) -> reached.put(partition, span.to()));
        return reached;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the live generation", e);
        }
    }
}
