package dev.dise.operations.backup;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/** The topics that are restored to: made if they are missing, and open for records of other times while they are filled. */
final class TargetTopics {
    private static final String TIMES = "message.timestamp.type";
    private static final String LARGEST = "max.message.bytes";
    /** What one record may have while it is written again: more than the producer that wrote it packed it into. */
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private static final int TRIES = 200;
    private static final long PAUSE_MILLIS = 50;

    private final Broker broker;
    private final KafkaConfig config;
    private final List<TopicFacts> topics;

    TargetTopics(Broker broker, KafkaConfig config, List<TopicFacts> topics) {
        this.broker = broker;
        this.config = config;
        this.topics = topics;
    }

    /** What stands in the way of a restore that has not begun, a sentence each. */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        broker.partitions(there()).forEach((name, count) -> {
            int wanted = facts(name).partitions().size();
            if (count != wanted) {
                obstacles.add("the topic " + name + " has " + count + " partitions where the backup has " + wanted
                        + ", and a key must stay in its partition");
            }
        });
        Map<String, Long> records = new TreeMap<>();
        broker.ends(there()).forEach((partition, end) -> records.merge(partition.topic(), end, Long::sum));
        records.values().removeIf(count -> count == 0);
        records.forEach((name, count) -> obstacles.add("the topic " + name + " has had " + count + " records"));
        return obstacles;
    }

    /** Makes what is missing as it was, and lets all take the times that records had. */
    void open() {
        Set<String> there = broker.topics();
        broker.create(topics.stream()
                .filter(topic -> !there.contains(topic.name()))
                .map(this::made)
                .toList());
        // The topics of this version that the backup did not know; waits for leaders too.
        TopicSetup.ensure(config);
        topics.forEach(topic -> set(topic.name(), filling()));
    }

    /** Lets records have the times again at which they come. */
    void close() {
        topics.forEach(topic -> set(topic.name(), usual(topic)));
    }

    /** How many records each partition has had. */
    Map<TopicPartition, Long> ends() {
        return broker.ends(topics.stream().map(TopicFacts::name).toList());
    }

    long retentionMillis(String topic) {
        return Long.parseLong(broker.settings(topic, false).getOrDefault("retention.ms", "-1"));
    }

    private NewTopic made(TopicFacts topic) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.putAll(filling());
        return new NewTopic(topic.name(), topic.partitions().size(), (short) config.replicationFactor())
                .configs(settings);
    }

    private static Map<String, String> filling() {
        return Map.of(TIMES, "CreateTime", LARGEST, Integer.toString(MOST_BYTES));
    }

    private static Map<String, String> usual(TopicFacts topic) {
        Map<String, String> ours = Arrays.stream(Topic.values())
                .filter(known -> known.topicName().equals(topic.name()))
                .findFirst()
                .orElse(Topic.VECTORS)
                .settings();
        Map<String, String> usual = new HashMap<>();
        for (String name : List.of(TIMES, LARGEST)) {
            usual.put(name, topic.settings().getOrDefault(name, ours.getOrDefault(name, "")));
        }
        return usual;
    }

    /** Returns when a broker says that it is so. */
    private void set(String topic, Map<String, String> settings) {
        broker.set(topic, settings);
        for (int i = 0; i < TRIES; i++) {
            if (broker.settings(topic, false).entrySet().containsAll(settings.entrySet())) {
                return;
            }
            pause();
        }
        throw new IllegalStateException("Kafka does not change the settings of " + topic);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were set up", e);
        }
    }

    private List<String> there() {
        Set<String> there = broker.topics();
        return topics.stream().map(TopicFacts::name).filter(there::contains).toList();
    }

    private TopicFacts facts(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
