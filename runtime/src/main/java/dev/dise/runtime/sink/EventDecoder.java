package dev.dise.runtime.sink;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.Violation;
import java.util.List;

/** Reads a record as an event, by the same rules as the edge: garbage written straight to a topic stops here. */
public final class EventDecoder implements Decoder<DecodedEvent> {
    private final DataReader reader = new DataReader();

    @Override
    public DecodedEvent decode(SourceRecord record) {
        byte[] value = record.value();
        if (value == null) {
            throw new InvalidEventException(Reason.MALFORMED, List.of(new Violation("", "has no value", null)));
        }
        Envelope envelope = EnvelopeHeaders.decode(record::header);
        return new DecodedEvent(envelope, reader.read(envelope.type(), value));
    }
}
