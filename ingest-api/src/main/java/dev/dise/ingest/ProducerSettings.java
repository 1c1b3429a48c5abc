package dev.dise.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of Kafka's producer: what the promises of the emitter rest on is fixed, the rest may be changed. */
final class ProducerSettings {
    private static final int LINGER_MILLIS = 10;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int MAX_REQUEST_BYTES = 1024 * 1024;
    /** The one thread that waits at Kafka's door has other work to do. */
    private static final int MAX_BLOCK_MILLIS = 20;

    private static final int MAX_REQUEST_MILLIS = 30_000;
    /** Room for a few batches however small the emitter's own bound is. */
    private static final long MIN_BUFFER_BYTES = 8L * 1024 * 1024;

    /** Settings with the only values that they may have. */
    private static final Map<String, Set<String>> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG, Set.of("all", "-1"),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Set.of("true"),
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, Set.of("1", "2", "3", "4", "5"),
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, Set.of(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Set.of(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, Set.of(),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, Set.of(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, Set.of());

    private ProducerSettings() {}

    /** @throws IllegalArgumentException if the emitter's promises do not allow it; names the setting, never its value */
    static void requireAllowed(String name, String value) {
        Set<String> allowed = FIXED.get(name);
        if (allowed != null && !allowed.contains(value)) {
            throw new IllegalArgumentException(
                    name + (allowed.isEmpty() ? " is not a property of the emitter" : " must be one of " + allowed));
        }
    }

    static Map<String, Object> of(String bootstrapServers, EmitterSettings settings, Map<String, String> properties) {
        int deliveryMillis = deliveryMillis(settings);
        Map<String, Object> producer = new HashMap<>();
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(settings.bufferBytes(), MIN_BUFFER_BYTES));
        producer.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(MAX_REQUEST_MILLIS, deliveryMillis - LINGER_MILLIS));
        producer.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        producer.putAll(properties);
        producer.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        requireUnderstood(producer);
        return producer;
    }

    /** What is spooled does not expire: the producer tries until it has delivered it, and so keeps the order. */
    private static int deliveryMillis(EmitterSettings settings) {
        return settings.overflow() instanceof Overflow.Spool
                ? Integer.MAX_VALUE
                : Math.toIntExact(settings.deliveryTimeout().toMillis());
    }

    private static void requireUnderstood(Map<String, Object> producer) {
        try {
            ProducerConfig.configDef().parse(producer);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
