package dev.dise.schemas;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the data of an event: the attributes of CloudEvents 1.0.
 *
 * @param id identity of the event, 1 to {@value EventIds#MAX_LENGTH} characters; the same id twice is the same event
 * @param type its type
 * @param source who made it, a URI reference such as {@code urn:dise:tool:parse_json}; 1 to {@value #MAX_SOURCE} characters
 * @param subject what it is about, also the Kafka key; 1 to {@value #MAX_SUBJECT} characters
 * @param time when it happened by the producer's clock, kept to the microsecond
 * @param runId the run of DiSE that it belongs to
 * @param traceparent W3C trace context
 * @param targetType for a deletion, the type of what is removed: the router reads headers only
 */
public record Envelope(
        String id,
        EventType type,
        String source,
        String subject,
        Instant time,
        @Nullable String runId,
        @Nullable String traceparent,
        @Nullable EventType targetType) {

    /** Longest source, in characters. */
    public static final int MAX_SOURCE = 500;
    /** Longest subject, in characters; what PostgreSQL can index whatever the script. */
    public static final int MAX_SUBJECT = 500;

    private static final int MAX_EXTENSION = 200;
    /** An Instant may be a little beyond both. */
    private static final Instant FIRST_TIME = LocalDateTime.MIN.toInstant(ZoneOffset.UTC);

    private static final Instant LAST_TIME = LocalDateTime.MAX.toInstant(ZoneOffset.UTC);

    public Envelope {
        check("id", id, EventIds.MAX_LENGTH);
        check("source", source, MAX_SOURCE);
        check("subject", subject, MAX_SUBJECT);
        if (runId != null) {
            check("runid", runId, MAX_EXTENSION);
        }
        if (traceparent != null) {
            check("traceparent", traceparent, MAX_EXTENSION);
        }
        if ((type == EventType.DELETION) != (targetType != null)) {
            throw InvalidEventException.of("/targettype", "goes with a deletion and with nothing else", targetType);
        }
        if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
            throw InvalidEventException.of("/time", "must be within the years that can be written in UTC", time);
        }
        time = time.truncatedTo(ChronoUnit.MICROS);
    }

    /** An envelope with nothing optional in it. */
    public static Envelope of(String id, EventType type, String source, String subject, Instant time) {
        return new Envelope(id, type, source, subject, time, null, null, null);
    }

    /** The same envelope as part of a run. */
    public Envelope withRunId(@Nullable String newRunId) {
        return new Envelope(id, type, source, subject, time, newRunId, traceparent, targetType);
    }

    /** The same envelope with W3C trace context. */
    public Envelope withTraceparent(@Nullable String newTraceparent) {
        return new Envelope(id, type, source, subject, time, runId, newTraceparent, targetType);
    }

    private static void check(String name, String value, int max) {
        if (value.isBlank()) {
            throw InvalidEventException.of("/" + name, "must not be blank", null);
        }
        if (value.length() > max) {
            throw InvalidEventException.of(
                    "/" + name, "must have at most " + max + " characters but has " + value.length(), null);
        }
    }
}
