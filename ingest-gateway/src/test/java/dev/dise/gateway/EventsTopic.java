package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks into the one partition of the topic that the gateway writes to. */
final class EventsTopic {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.EVENTS.topicName(), 0);

    private final String bootstrapServers;

    EventsTopic(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    ConsumerRecord<byte[], byte[]> recordAt(long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, offset);
            return consumer.poll(Duration.ofSeconds(60)).records(PARTITION).get(0);
        }
    }

    /** All records from that offset on. */
    List<ConsumerRecord<byte[], byte[]>> recordsFrom(long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, -1L);
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, offset);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(PARTITION) < end) {
                records.addAll(consumer.poll(Duration.ofSeconds(60)).records(PARTITION));
            }
            return records;
        }
    }

    long endOffset() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, -1L);
        }
    }

    static Envelope envelope(ConsumerRecord<byte[], byte[]> stored) {
        return EnvelopeHeaders.decode(name -> {
            Header header = stored.headers().lastHeader(name);
            return header == null ? null : new String(header.value(), UTF_8);
        });
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
