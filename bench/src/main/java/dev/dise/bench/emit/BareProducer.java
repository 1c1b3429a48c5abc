package dev.dise.bench.emit;

import dev.dise.schemas.Json;
import dev.dise.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The peer: a loop that gives Kafka's producer ready bytes, with the emitter's settings, and waits where Kafka makes it. */
final class BareProducer {
    private static final Map<String, Object> SETTINGS =
            Map.of("acks", "all", "compression.type", "lz4", "linger.ms", 10, "batch.size", 128 * 1024);

    private BareProducer() {}

    /** Events a second, from the first call until the last acknowledgement. */
    static double perSecond(String bootstrapServers, int calls) {
        List<byte[]> values = EmitLoop.logs().stream().map(Json::encode).toList();
        List<byte[]> keys = EmitLoop.logs().stream()
                .map(log -> log.subject().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toList();
        Map<String, Object> settings = new java.util.HashMap<>(SETTINGS);
        settings.put("bootstrap.servers", bootstrapServers);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.partitionsFor(Topic.EVENTS.topicName());
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                int which = i % values.size();
                Future<?> unused = producer.send(
                        new ProducerRecord<>(Topic.EVENTS.topicName(), keys.get(which), values.get(which)));
            }
            producer.flush();
            return calls / ((System.nanoTime() - start) / 1e9);
        }
    }
}
