package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records straight to topics, past every check, as a stranger with access to Kafka could. */
final class RawRecords implements AutoCloseable {
    /** The header that names a planted record wherever it goes. */
    static final String MARK = "x-planted";

    private final Producer<byte[], byte[]> producer;

    /**
     * A record that was written.
     *
     * @param origin where it is, as in {@code dise.events-0@17}
     */
    record Planted(String mark, String origin) {
        /** Whether the letter is this record, refused here or behind; a letter that is too large keeps no headers. */
        boolean is(DeadLetter letter) {
            return letter.mark().equals(mark) || letter.origin().equals(origin);
        }
    }

    RawRecords(KafkaConfig config) {
        Map<String, Object> settings = new KafkaClients(config).common();
        settings.put("compression.type", "lz4");
        settings.put("max.request.size", 64 << 20);
        settings.put("buffer.memory", 128L << 20);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes one record and waits for the broker. */
    Planted write(Topic topic, @Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic.topicName(), null, key == null ? null : bytes(key), value);
        String mark = EventIds.next();
        record.headers().add(MARK, bytes(mark));
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        try {
            RecordMetadata place = producer.send(record).get(20, TimeUnit.SECONDS);
            return new Planted(mark, place.topic() + "-" + place.partition() + "@" + place.offset());
        } catch (Exception e) {
            throw new AssertionError("the broker did not take a record for " + topic.topicName(), e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that compress well, so that the broker takes more of them than its bound says. */
    static byte[] manyBytes(int count) {
        byte[] bytes = bytes(" ".repeat(count));
        assertThat(bytes).hasSize(count);
        return bytes;
    }

    @Override
    public void close() {
        producer.close();
    }
}
