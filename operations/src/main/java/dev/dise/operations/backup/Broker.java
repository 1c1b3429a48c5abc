package dev.dise.operations.backup;

import dev.dise.runtime.kafka.KafkaClients;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** What is asked of Kafka about topics; each call waits, and says in a sentence if there is no answer. */
final class Broker implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Admin admin;

    Broker(KafkaClients clients) {
        this.admin = clients.admin();
    }

    Admin admin() {
        return admin;
    }

    static <T> T answered(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refuses: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka", e);
        }
    }

    Set<String> topics() {
        return answered(admin.listTopics().names());
    }

    /** How many partitions each topic has. */
    Map<String, Integer> partitions(Collection<String> topics) {
        Map<String, Integer> counts = new TreeMap<>();
        answered(admin.describeTopics(topics).allTopicNames())
                .forEach((name, topic) -> counts.put(name, topic.partitions().size()));
        return counts;
    }

    /** The first offset that nobody has written yet, of each partition, committed or not. */
    Map<TopicPartition, Long> ends(Collection<String> topics) {
        return offsets(topics, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The first offset that a reader of committed records does not get yet, of each partition. */
    Map<TopicPartition, Long> committedEnds(Collection<String> topics) {
        return offsets(topics, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** The oldest offset of each partition. */
    Map<TopicPartition, Long> begins(Collection<String> topics) {
        return offsets(topics, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** All settings of a topic, or only those that were set for it. */
    Map<String, String> settings(String topic, boolean onlyItsOwn) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return answered(admin.describeConfigs(List.of(resource)).all()).values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> !onlyItsOwn || entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    void create(Collection<NewTopic> topics) {
        answered(admin.createTopics(topics).all());
    }

    /** Changes settings of a topic; the others stay. */
    void set(String topic, Map<String, String> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Collection<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        answered(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, Long> offsets(Collection<String> topics, OffsetSpec spec, IsolationLevel level) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions(topics).forEach((topic, count) -> {
            for (int number = 0; number < count; number++) {
                wanted.put(new TopicPartition(topic, number), spec);
            }
        });
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answered(admin.listOffsets(wanted, new ListOffsetsOptions(level)).all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }
}
