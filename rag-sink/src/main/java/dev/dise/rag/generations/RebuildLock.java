package dev.dise.rag.generations;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets one process at a time change the generations of a collection. It is a Kafka group of which one member has the only
 * partition of {@code dise.audit}: whoever has it keeps it while it lives, and six seconds after a kill another gets it.
 * Nothing is read. Kafka alone can tell who still lives; Qdrant cannot compare and set.
 */
final class RebuildLock implements AutoCloseable, ConsumerRebalanceListener {
    /** The shortest that brokers allow by default: how long a killed process is waited for. */
    private static final Duration SESSION = Duration.ofSeconds(6);

    private static final long PATIENCE_SECONDS = 12;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean held;
    private volatile boolean stopping;

    private RebuildLock(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().daemon().name("rebuild-lock").unstarted(this::run);
    }

    /**
     * Takes it.
     *
     * @throws IllegalStateException if another process has it and lives
     */
    static RebuildLock take(KafkaConfig config, String collection) {
        return take(config, collection, PATIENCE_SECONDS);
    }

    /**
     * Takes it.
     *
     * @param seconds how long another process is waited for
     */
    static RebuildLock take(KafkaConfig config, String collection, long seconds) {
        Map<String, String> settings = new HashMap<>(config.properties());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(SESSION.toMillis()));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1000");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        KafkaConfig patient =
                new KafkaConfig(config.bootstrapServers(), settings, config.partitions(), config.replicationFactor());
        RebuildLock lock = new RebuildLock(new KafkaClients(patient).consumer("dise-rebuild-" + collection, 1));
        lock.thread.start();
        try {
            Waiting.until(
                    () -> lock.held,
                    seconds,
                    "another process to be done, which rebuilds or switches " + collection
                            + ": look with ./dise rebuild list");
            return lock;
        } catch (IllegalStateException e) {
            lock.close();
            throw e;
        }
    }

    /** Refuses to go on if another process may have it by now: this one stood still for too long. */
    void requireHeld() {
        if (!held) {
            throw new IllegalStateException("this process stood still for so long that another may rebuild by now;"
                    + " start it again, it goes on where it was");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.pause(partitions);
            consumer.seekToBeginning(partitions);
            held = true;
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        held = held && partitions.isEmpty();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(Topic.AUDIT.topicName()), this);
            while (!stopping) {
                consumer.poll(POLL);
            }
            consumer.close(CloseOptions.timeout(LEAVE));
        } finally {
            held = false;
        }
    }
}
