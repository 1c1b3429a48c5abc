package dev.dise.schemas;

import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An event as it travels: the envelope, and the data as JSON bytes that nobody on the way changes. */
public final class Event {
    /** The most bytes of data that are accepted at the edge: 900 KiB; later topics leave headroom. */
    public static final int MAX_DATA_BYTES = 900 * 1024;

    private final Envelope envelope;
    private final byte[] data;
    private final @Nullable Instant receivedAt;

    /**
     * @param data JSON bytes of the data, in UTF-8; not copied, so the caller must not change them
     * @throws InvalidEventException if they are more than {@value #MAX_DATA_BYTES}
     */
    public Event(Envelope envelope, byte[] data) {
        this(envelope, data, null);
    }

    private Event(Envelope envelope, byte[] data, @Nullable Instant receivedAt) {
        if (data.length > MAX_DATA_BYTES) {
            throw new InvalidEventException(
                    InvalidEventException.Reason.TOO_LARGE,
                    List.of(new Violation(
                            "", "must have at most " + MAX_DATA_BYTES + " bytes but has " + data.length, null)));
        }
        this.envelope = envelope;
        this.data = data;
        this.receivedAt = receivedAt;
    }

    /** An event of the data, happening now, with a new id. */
    public static Event of(String source, EventData data) {
        return of(EventIds.next(), source, Instant.now(), data);
    }

    /** An event of the data with an id and time of its own; the same id twice is the same event. */
    public static Event of(String id, String source, Instant time, EventData data) {
        @Nullable EventType target = data instanceof Deletion deletion ? deletion.targetType() : null;
        Envelope envelope = new Envelope(id, data.type(), source, data.subject(), time, null, null, target);
        return new Event(envelope, Json.encode(data));
    }

    public Envelope envelope() {
        return envelope;
    }

    /** The JSON bytes of the data; not a copy. */
    public byte[] data() {
        return data;
    }

    /** The same event as part of a run. */
    public Event withRunId(@Nullable String runId) {
        return new Event(envelope.withRunId(runId), data, receivedAt);
    }

    /** The same event with other data. */
    public Event withData(byte[] newData) {
        return new Event(envelope, newData, receivedAt);
    }

    /** The same event as a door received it then. */
    public Event receivedAt(Instant time) {
        return new Event(envelope, data, time);
    }

    /** Gives all headers that the event has as a record, name and value, in a fixed order. */
    public void headers(BiConsumer<String, String> header) {
        EnvelopeHeaders.encode(envelope, header);
        if (receivedAt != null) {
            header.accept(EnvelopeHeaders.RECEIVED, EnvelopeHeaders.formatTime(receivedAt));
        }
    }

    /** The same event as part of a run and of a trace. */
    public Event with(@Nullable String runId, @Nullable String traceparent) {
        if (runId == null && traceparent == null) {
            return this;
        }
        return new Event(envelope.withRunId(runId).withTraceparent(traceparent), data, receivedAt);
    }

    @Override
    public String toString() {
        return "Event[" + envelope.type().wireName() + " " + envelope.id() + ", " + data.length + " bytes]";
    }
}
