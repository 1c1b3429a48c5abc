package dev.dise.cli.demo;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records that no edge would have let through straight to the log: each is to become one dead letter. */
final class Garbage {
    /** How many records it writes. */
    static final int RECORDS = 3;

    /** What each of them is about, by which its dead letter is told from others. */
    static final String SUBJECT = "garbage";

    private Garbage() {}

    static void write(KafkaConfig kafka, String runId) {
        Envelope envelope = Envelope.of(EventIds.next(), EventType.LOG, "urn:dise:demo", SUBJECT, Instant.now())
                .withRunId(runId);
        Map<String, String> good = EnvelopeHeaders.encode(envelope);
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).producer("dise-demo")) {
            send(producer, good, new byte[] {(byte) 0xFF, 0, 1, 2});
            send(producer, with(good, EnvelopeHeaders.TYPE, "dise.poem.v1"), bytes("{}"));
            send(producer, with(good, EnvelopeHeaders.TIME, "some day"), bytes("{}"));
            producer.flush();
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    private static void send(Producer<byte[], byte[]> producer, Map<String, String> headers, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.EVENTS.topicName(), null, bytes(SUBJECT), value);
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        // The books show it if one does not arrive.
        var unused = producer.send(record);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
