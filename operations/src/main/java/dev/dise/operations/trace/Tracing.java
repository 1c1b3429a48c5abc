package dev.dise.operations.trace;

import dev.dise.operations.Progress;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.Letters;
import dev.dise.pg.EventRows;
import dev.dise.rag.StoredPoint;
import dev.dise.rag.StoredPoints;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows single events through the line: topics, dead letters and both stores. It only reads, and needs Kafka alone; a store
 * that does not answer is noted. Used by one thread.
 */
public final class Tracing implements AutoCloseable {
    private final KafkaClients clients;
    private final Rules rules;
    private final @Nullable EventRows rows;
    private final StoredPoints points;
    private final AuditLog audit;
    private final Progress progress;

    private Tracing(DiseConfig config, Progress progress) {
        this.clients = new KafkaClients(config.kafka());
        this.rules = new Rules(config.database().storage());
        this.rows = config.database().enabled() ? EventRows.in(config.database()) : null;
        this.points = new StoredPoints(config.rag().qdrant());
        this.audit = new AuditLog(clients);
        this.progress = progress;
    }

    /**
     * Through the line that the config names; connects to nothing yet.
     *
     * @param progress is told how much of the topics is gone through, if that takes long
     */
    public static Tracing of(DiseConfig config, Progress progress) {
        return new Tracing(config, progress);
    }

    /**
     * Everything that is known of an event.
     *
     * @throws IllegalStateException if Kafka cannot be read
     */
    public Trace trace(TraceRequest request) {
        return run(request, new ArrayList<>()).run();
    }

    /**
     * The event that a search's hit came from.
     *
     * @param hit the id of a point, or type and id of an artifact, as in {@code tool/parse_json}
     * @param request how to look; its id does not matter
     * @return empty if Qdrant has no such point, or only its end
     * @throws IllegalArgumentException if the hit is neither
     * @throws IllegalStateException if a store cannot be read
     */
    public Optional<Trace> why(String hit, TraceRequest request) {
        List<String> notes = new ArrayList<>();
        Stores stores = new Stores(null, points, notes);
        Optional<StoredPoint> point = stores.point(pointId(hit));
        if (point.isEmpty() && !notes.isEmpty()) {
            throw new IllegalStateException(notes.getFirst());
        }
        return point.filter(found -> !found.eventId().isEmpty())
                .map(found ->
                        run(request.withId(found.eventId()), new ArrayList<>()).run());
    }

    @Override
    public void close() {
        audit.close();
        points.close();
    }

    private TraceRun run(TraceRequest request, List<String> notes) {
        Letters letters = new Letters(clients, audit, Letters.MAX_ATTEMPTS, Progress.none());
        return new TraceRun(
                new TraceRun.Parts(clients, rules, letters, new Stores(rows, points, notes), progress), request, notes);
    }

    private static UUID pointId(String hit) {
        int slash = hit.indexOf('/');
        if (slash > 0) {
            EventType type = EventType.forWireName(hit.substring(0, slash))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the type of a hit must be one of " + String.join(", ", EventType.wireNames())));
            return PointIds.pointId(type, hit.substring(slash + 1));
        }
        try {
            return UUID.fromString(hit);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a hit is the id of a point, or type and artifact as in tool/parse_json, but not " + hit, e);
        }
    }
}
