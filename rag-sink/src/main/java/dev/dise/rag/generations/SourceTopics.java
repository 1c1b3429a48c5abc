package dev.dise.rag.generations;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.generations.GapException;
import dev.dise.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that generations are built from: whether they still hold all, and those that are made for a new model. */
final class SourceTopics {
    private static final long LEAVING_SECONDS = 30;
    private static final String COMPACT = "compact";

    private final Places places;
    private final KafkaConfig config;

    SourceTopics(Places places, KafkaConfig config) {
        this.places = places;
        this.config = config;
    }

    /** Makes a topic of vectors like {@code dise.vectors}; one that is there is left. */
    void create(String name) {
        int partitions = places.ends(Topic.RAG.topicName()).size();
        NewTopic topic =
                new NewTopic(name, partitions, (short) config.replicationFactor()).configs(Topic.VECTORS.settings());
        try {
            places.admin().createTopics(List.of(topic)).all().get(LEAVING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka refuses the topic " + name + ": " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making " + name, e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not make the topic " + name, e);
        }
        Waiting.until(() -> places.exists(name), LEAVING_SECONDS, "the topic " + name + " to be there");
    }

    /**
     * Looks whether a topic of vectors can have lost a point: compaction alone keeps the newest of each for ever.
     *
     * @throws GapException if it can
     */
    void requireAllPoints(String topic) {
        String policy = policy(topic);
        if (!policy.equals(COMPACT)) {
            throw new GapException("the cleanup.policy of " + topic + " is " + policy + ", not " + COMPACT
                    + ": points that nobody wrote again may be lost (" + numbers(places.begins(topic), Map.of())
                    + "). Set it to " + COMPACT + ", and rebuild with a model, which reads "
                    + Topic.RAG.topicName() + "; or accept the gap");
        }
    }

    /**
     * Looks whether {@code dise.rag} still has all that the group has not read.
     *
     * @throws GapException if it has not; the message has the numbers by partition
     */
    void requireAllEvents(String group) {
        String topic = Topic.RAG.topicName();
        String policy = policy(topic);
        Map<Integer, Long> places = this.places.committed(group, topic);
        Map<Integer, Long> begins = this.places.begins(topic);
        boolean isCut = begins.entrySet().stream()
                .anyMatch(begin -> begin.getValue() > places.getOrDefault(begin.getKey(), 0L));
        if (policy.contains(COMPACT)) {
            throw new GapException(
                    "the cleanup.policy of " + topic + " is " + policy
                            + ": of a subject with several events only the last may be there. Set it to delete; or accept the gap");
        }
        if (isCut) {
            throw new GapException(topic + " has lost its beginning: " + numbers(begins, places)
                    + ". Lengthen its retention for the next time; or accept the gap");
        }
    }

    /** Removes a group once nobody is in it. */
    void removeGroup(String group) {
        Waiting.until(() -> isRemoved(group), LEAVING_SECONDS, "the rag sink to leave the group " + group);
    }

    /** Removes a topic that no generation needs; {@code dise.vectors} is made again at once, since services count on it. */
    void remove(String topic) {
        delete(topic);
        if (topic.equals(Topic.VECTORS.topicName())) {
            Waiting.until(() -> !places.exists(topic), LEAVING_SECONDS, "the topic " + topic + " to be gone");
            create(topic);
        }
    }

    private void delete(String topic) {
        try {
            places.admin().deleteTopics(List.of(topic)).all().get(LEAVING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new IllegalStateException("Kafka does not remove the topic " + topic, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while removing " + topic, e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not remove the topic " + topic, e);
        }
    }

    private boolean isRemoved(String group) {
        Admin admin = places.admin();
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get(LEAVING_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw new IllegalStateException("Kafka does not remove the group " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while removing " + group, e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private String policy(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Objects.requireNonNull(Places.get(places.admin()
                                .describeConfigs(List.of(resource))
                                .all())
                        .get(resource))
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
    }

    private static String numbers(Map<Integer, Long> begins, Map<Integer, Long> places) {
        return new TreeMap<>(begins)
                .entrySet().stream()
                        .map(begin -> "partition " + begin.getKey() + " begins at offset " + begin.getValue()
                                + missing(begin.getValue() - places.getOrDefault(begin.getKey(), 0L)))
                        .collect(Collectors.joining(", "));
    }

    private static String missing(long records) {
        return records > 0 ? ", up to " + records + " records are gone" : "";
    }
}
