package dev.dise.bench;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** The topic that the sink reads, filled anew for each kind of data. */
final class BenchTopic {
    /** Enough to give several workers something to do, and few enough for one machine. */
    static final int PARTITIONS = 4;

    /**
     * Two batches on their way to a partition that was just made can arrive in the wrong order, and then the first never
     * does (KAFKA-15591). So the first record of each partition travels alone; among this many each has its own.
     */
    private static final int ONE_BY_ONE = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = Topic.BULK.topicName();

    private final KafkaConfig config;

    BenchTopic(KafkaConfig config) {
        this.config = config;
    }

    /** Replaces what the topic holds, and returns once the broker has all of it. */
    void fill(Dataset dataset) throws Exception {
        KafkaClients clients = new KafkaClients(config);
        try (Admin admin = clients.admin()) {
            remove(admin);
            TopicSetup.ensure(config);
            send(clients, dataset);
            requireAll(admin, dataset.records());
        }
    }

    private static void send(KafkaClients clients, Dataset dataset) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = clients.producer("bench")) {
            for (int number = 0; number < dataset.records(); number++) {
                var unused = producer.send(dataset.record().apply(number), (place, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
                if (number < ONE_BY_ONE) {
                    producer.flush();
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the topic could not be filled", failure.get());
        }
    }

    private static void remove(Admin admin) throws Exception {
        if (!exists(admin)) {
            return;
        }
        admin.deleteTopics(List.of(NAME)).all().get();
        Waiting.until("the topic is gone", PATIENCE, () -> !exists(admin));
    }

    private static boolean exists(Admin admin) throws Exception {
        return admin.listTopics().names().get().contains(NAME);
    }

    /** How many records a topic holds that was never cut. */
    long records(Topic topic) throws Exception {
        try (Admin admin = new KafkaClients(config).admin()) {
            return records(admin, topic.topicName());
        }
    }

    private static long records(Admin admin, String name) throws Exception {
        long records = 0;
        int partitions = admin.describeTopics(List.of(name))
                .allTopicNames()
                .get()
                .get(name)
                .partitions()
                .size();
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition place = new TopicPartition(name, partition);
            records += admin.listOffsets(Map.of(place, OffsetSpec.latest()))
                    .partitionResult(place)
                    .get()
                    .offset();
        }
        return records;
    }

    private static void requireAll(Admin admin, int records) throws Exception {
        long stored = records(admin, NAME);
        if (stored != records) {
            throw new IllegalStateException("the topic has " + stored + " records instead of " + records);
        }
    }
}
