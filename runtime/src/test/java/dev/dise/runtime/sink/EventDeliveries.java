package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Events as records of one partition, read back by the decoder that the sinks use; offsets count up. For tests. */
public final class EventDeliveries {
    private static final EventDecoder DECODER = new EventDecoder();

    private final Partition partition;
    private long nextOffset;

    /** Deliveries of this partition from offset 0. */
    public EventDeliveries(Partition partition) {
        this.partition = partition;
    }

    /** Where they come from. */
    public Partition partition() {
        return partition;
    }

    /** The offset that the next record has. */
    public long nextOffset() {
        return nextOffset;
    }

    /** The event at the next offset; the same event again is another delivery of it. */
    public Delivery<DecodedEvent> next(Event event) {
        SourceRecord record = record(event);
        return new Delivery<>(record, DECODER.decode(record));
    }

    /** Each event at an offset of its own. */
    public List<Delivery<DecodedEvent>> all(List<Event> events) {
        return events.stream().map(this::next).toList();
    }

    /** A record of the event at the next offset, not decoded. */
    public SourceRecord record(Event event) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        EnvelopeHeaders.encode(event.envelope())
                .forEach((name, value) -> headers.add(new SourceRecord.Header(name, value.getBytes(UTF_8))));
        byte[] key = event.envelope().subject().getBytes(UTF_8);
        return new SourceRecord(partition, nextOffset++, Instant.EPOCH, key, event.data(), headers);
    }

    /** A record to send, as the emitter makes it, but to any topic. */
    public static ProducerRecord<byte[], byte[]> toSend(String topic, Event event) {
        RecordHeaders headers = new RecordHeaders();
        EnvelopeHeaders.encode(event.envelope()).forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        byte[] key = event.envelope().subject().getBytes(UTF_8);
        return new ProducerRecord<>(topic, null, null, key, event.data(), headers);
    }
}
