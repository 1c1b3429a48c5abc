package dev.dise.operations.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dise.operations.RecordView;
import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.letters.LetterEntry;
import dev.dise.pg.EventRow;
import dev.dise.rag.StoredPoint;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of the way of one event.
 *
 * @param id what was looked for
 * @param event its envelope; null if it was not found, or what was found has none that can be read
 * @param route where the router sends such an event now; null where there is no event
 * @param sightings its records in the topics, in the order of the line
 * @param rows the rows of PostgreSQL that it has made, or its entity's row
 * @param points the points of Qdrant that hold it
 * @param stores how it stands in the stores that it is routed to
 * @param letters where it was refused, the newest first
 * @param latencies the times between its places
 * @param searched where it was looked for
 * @param notes what a reader should know, a sentence each
 */
public record Trace(
        String id,
        @Nullable EventView event,
        @Nullable RouteView route,
        List<Sighting> sightings,
        List<EventRow> rows,
        List<StoredPoint> points,
        List<Standing> stores,
        List<RefusedView> letters,
        List<Latency> latencies,
        List<Searched> searched,
        List<String> notes) {

    /** Whether there is anything of it anywhere. */
    @JsonProperty
    public boolean found() {
        return !sightings.isEmpty() || !rows.isEmpty() || !points.isEmpty() || !letters.isEmpty();
    }

    /**
     * The event's envelope.
     *
     * @param time when it happened by its producer's clock
     * @param receivedAt when the gateway received it; null if it came another way
     * @param bytes size of its data
     */
    public record EventView(
            String id,
            String type,
            String source,
            String subject,
            Instant time,
            @Nullable Instant receivedAt,
            @Nullable String runId,
            @Nullable String traceparent,
            @Nullable String targetType,
            int bytes) {}

    /**
     * What the rules of the config say now.
     *
     * @param rule the list of the config that names the type, or what else decides
     * @param topics where it goes; empty if it is not stored
     */
    public record RouteView(String type, StorageStrategy strategy, String rule, List<String> topics) {}

    /**
     * A record of the event.
     *
     * @param what it is: the event, a point, or the end of one
     * @param record the record itself, if it was asked for
     */
    public record Sighting(
            String topic,
            int partition,
            long offset,
            Instant appendedAt,
            String what,
            @Nullable RecordView record) {}

    /**
     * How the event stands in a store.
     *
     * @param state whether it is there: stored, superseded, deleted or absent
     * @param eventId the event that the entity's newest version is of; empty where there is none
     */
    public record Standing(
            Store store,
            String state,
            String eventId,
            @Nullable Instant eventTime) {}

    /** A dead letter of the event, and what was done with it. */
    public record RefusedView(LetterEntry letter, String message, List<AuditEntry> history) {}

    /** The time from one place to the next; negative where two clocks differ. */
    public record Latency(String from, String to, long millis) {}

    /**
     * A place that was looked at.
     *
     * @param from the time from which on; null for the beginning
     * @param records how many offsets were gone through
     */
    public record Searched(String where, @Nullable Instant from, long records) {}
}
