package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.Event;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Writes events as Kafka records. */
public final class EventRecords {
    private static final int MOST_HEADERS = 11;

    private EventRecords() {}

    /**
     * The record of an event: the key is its subject, the value its data untouched, the headers its envelope. It has no
     * timestamp: the event's time is in the headers, the record's time is the broker's.
     */
    public static ProducerRecord<byte[], byte[]> encode(Event event) {
        List<Header> headers = new ArrayList<>(MOST_HEADERS);
        event.headers((name, value) -> headers.add(new RecordHeader(name, value.getBytes(UTF_8))));
        byte[] key = event.envelope().subject().getBytes(UTF_8);
        return new ProducerRecord<>(Topic.EVENTS.topicName(), null, null, key, event.data(), headers);
    }
}
