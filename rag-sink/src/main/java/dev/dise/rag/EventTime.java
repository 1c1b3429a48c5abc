package dev.dise.rag;

import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time of an event as a version: microseconds, within the years that Qdrant has. */
final class EventTime {
    /** Of what has no time: older than every time. */
    static final Instant NONE = Instant.MIN;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private EventTime() {}

    /** The time that the record's event has, {@link #NONE} if it has none. */
    static Instant of(SourceRecord record) {
        String time = record.header(EnvelopeHeaders.TIME);
        try {
            return time == null ? NONE : within(EnvelopeHeaders.parseTime(time));
        } catch (InvalidEventException e) {
            // Written straight to the topic by something else than the first half.
            return NONE;
        }
    }

    static Instant within(Instant time) {
        Instant late = time.isBefore(FIRST) ? FIRST : time;
        return (late.isAfter(LAST) ? LAST : late).truncatedTo(ChronoUnit.MICROS);
    }
}
