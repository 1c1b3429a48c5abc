package dev.dise.operations.trace;

import dev.dise.operations.trace.Trace.Searched;
import dev.dise.operations.trace.Trace.Standing;
import dev.dise.pg.EntityVersion;
import dev.dise.pg.EventRow;
import dev.dise.pg.EventRows;
import dev.dise.rag.StoredPoint;
import dev.dise.rag.StoredPoints;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks both stores; one that does not answer is noted, and the rest goes on. */
final class Stores {
    private static final String STORED = "stored";
    private static final String SUPERSEDED = "superseded";
    private static final String DELETED = "deleted";
    private static final String ABSENT = "absent";

    private final @Nullable EventRows rows;
    private final StoredPoints points;
    private final List<String> notes;
    private final List<Searched> searched = new ArrayList<>();

    /** A question to a store. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws StoreUnavailableException;
    }

    /**
     * @param rows null if the config has no PostgreSQL
     * @param notes takes what did not answer
     */
    Stores(@Nullable EventRows rows, StoredPoints points, List<String> notes) {
        this.rows = rows;
        this.points = points;
        this.notes = notes;
    }

    /** The rows that hold the event. */
    List<EventRow> rowsOf(UUID eventId) {
        EventRows from = rows;
        if (from == null) {
            return List.of();
        }
        return answer("PostgreSQL", List.of(), () -> from.ofEvent(eventId));
    }

    /** The points that hold the event. */
    List<StoredPoint> pointsOf(String eventId) {
        return answer("Qdrant", List.of(), () -> points.ofEvent(eventId));
    }

    /** The point of that id. */
    Optional<StoredPoint> point(UUID id) {
        return answer("Qdrant", Optional.empty(), () -> points.point(id));
    }

    /** The row of the event's entity, whichever event it holds. */
    List<EventRow> entityRows(Envelope envelope) {
        EventRows from = rows;
        EventType type = Rules.target(envelope);
        if (from == null || !type.isEntity()) {
            return List.of();
        }
        return answer("PostgreSQL", List.of(), () -> from.ofEntity(type, envelope.subject()));
    }

    /** How the event stands in PostgreSQL. */
    Optional<Standing> inPostgres(Envelope envelope, List<EventRow> found) {
        EventRows from = rows;
        EventType type = Rules.target(envelope);
        if (from == null) {
            return Optional.empty();
        }
        if (!type.isEntity()) {
            String state = found.isEmpty() ? ABSENT : STORED;
            return Optional.of(new Standing(Store.POSTGRES, state, found.isEmpty() ? "" : envelope.id(), null));
        }
        Optional<EntityVersion> version =
                answer("PostgreSQL", Optional.empty(), () -> from.version(type, envelope.subject()));
        UUID id = EventIds.asUuid(envelope.id());
        return Optional.of(version.map(newest -> standing(
                        Store.POSTGRES,
                        newest.eventId().equals(id),
                        newest.deleted(),
                        new Version(newest.eventId().toString(), newest.eventTime()),
                        envelope))
                .orElseGet(() -> new Standing(Store.POSTGRES, ABSENT, "", null)));
    }

    /** How the event stands in Qdrant. */
    Standing inQdrant(Envelope envelope) {
        EventType type = Rules.target(envelope);
        String artifactId = type.isEntity() ? envelope.subject() : envelope.id();
        Optional<StoredPoint> first = answer("Qdrant", Optional.empty(), () -> points.ofArtifact(type, artifactId));
        return first.map(point -> standing(
                        Store.QDRANT,
                        point.eventId().equals(envelope.id())
                                || (point.deleted() && envelope.time().equals(point.eventTime())),
                        point.deleted(),
                        new Version(point.eventId(), point.eventTime()),
                        envelope))
                .orElseGet(() -> new Standing(Store.QDRANT, ABSENT, "", null));
    }

    /** The stores that were asked. */
    List<Searched> searched() {
        return searched.stream().distinct().toList();
    }

    /** The newest version that a store has. */
    private record Version(String eventId, @Nullable Instant time) {}

    private static Standing standing(Store store, boolean isThis, boolean deleted, Version newest, Envelope envelope) {
        boolean older = newest.time() != null && newest.time().isBefore(envelope.time());
        String state = deleted ? DELETED : STORED;
        if (!isThis) {
            state = older ? ABSENT : deleted ? DELETED : SUPERSEDED;
        }
        return new Standing(store, state, newest.eventId(), newest.time());
    }

    private <T> T answer(String store, T otherwise, Question<T> question) {
        try {
            T answer = question.ask();
            searched.add(new Searched(store, null, 0));
            return answer;
        } catch (StoreUnavailableException | IllegalStateException e) {
            // A trace is asked for when something is wrong; what the others know still helps.
            String note = store + " was not asked: " + e.getMessage();
            if (!notes.contains(note)) {
                notes.add(note);
            }
            return otherwise;
        }
    }
}
