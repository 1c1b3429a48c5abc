package dev.dise.runtime.sink;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.Violation;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** Reads a record as an event, by the same rules as the edge: garbage written straight to a topic stops here. */
public final class EventDecoder implements Decoder<DecodedEvent> {
    private final BiFunction<EventType, byte[], ObjectNode> reading;

    /** Makes trees of everything. */
    public EventDecoder() {
        this(new DataReader()::read);
    }

    private EventDecoder(BiFunction<EventType, byte[], ObjectNode> reading) {
        this.reading = reading;
    }

    /** Leaves free-form objects as the text that came, where it can; see {@link DataReader#readFlat}. */
    public static EventDecoder flat() {
        return new EventDecoder(new DataReader()::readFlat);
    }

    @Override
    public DecodedEvent decode(SourceRecord record) {
        byte[] value = record.value();
        if (value == null) {
            throw new InvalidEventException(Reason.MALFORMED, List.of(new Violation("", "has no value", null)));
        }
        Envelope envelope = EnvelopeHeaders.decode(record::header);
        ObjectNode data = reading.apply(envelope.type(), value);
        requireSame("/subject", envelope.type().subjectField(), envelope.subject(), data);
        EventType target = envelope.targetType();
        if (target != null) {
            requireSame("/targettype", "target_type", target.wireName(), data);
        }
        return new DecodedEvent(envelope, data);
    }

    /** Stores find an entity by its subject and keep it under its field; the two must not part. */
    private static void requireSame(String attribute, String field, String value, ObjectNode data) {
        if (!value.equals(data.path(field).asString(""))) {
            throw new InvalidEventException(
                    Reason.ENVELOPE, List.of(new Violation(attribute, "must be the " + field + " of the data", value)));
        }
    }
}
