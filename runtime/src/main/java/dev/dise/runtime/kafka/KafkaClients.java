package dev.dise.runtime.kafka;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes clients of Kafka whose settings lose nothing; Kafka's own defaults do. */
public final class KafkaClients {
    /** The largest record after the first topic, with room for the headers that hops add. */
    private static final int MAX_RECORD_BYTES = Topic.DEAD_LETTERS.maxMessageBytes();

    /**
     * How long the broker holds a fetch that finds nothing. It answers a connection in order, so this is also what a reader
     * that has all it wanted waits before it is closed; Kafka's own value is 500.
     */
    private static final int READER_WAIT_MILLIS = 50;

    private final KafkaConfig config;

    public KafkaClients(KafkaConfig config) {
        this.config = config;
    }

    /**
     * A consumer that commits nothing by itself, reads committed records only, and raises when its place is gone
     * instead of skipping to another ({@code auto.offset.reset=none}).
     *
     * @param maxPollRecords records of one poll at most
     */
    public Consumer<byte[], byte[]> consumer(String group, int maxPollRecords) {
        Map<String, Object> settings = reading(group, maxPollRecords);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer without a group: it reads what it is assigned to, from where it is told, committed records only. */
    public Consumer<byte[], byte[]> reader(String clientId, int maxPollRecords) {
        Map<String, Object> settings = reading(clientId, maxPollRecords);
        // A compacted topic has no gap: what its beginning has lost, a later record says.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, READER_WAIT_MILLIS);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> reading(String clientId, int maxPollRecords) {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * MAX_RECORD_BYTES);
        return settings;
    }

    /** An idempotent producer that waits for all replicas. */
    public Producer<byte[], byte[]> producer(String clientId) {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A client for topics and groups. */
    public Admin admin() {
        return Admin.create(common());
    }

    /** Address and security; what every client has. */
    public Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(config.properties());
        settings.put("bootstrap.servers", config.bootstrapServers());
        return settings;
    }
}
