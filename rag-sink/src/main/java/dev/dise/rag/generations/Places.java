package dev.dise.rag.generations;

import dev.dise.runtime.kafka.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far groups have read which topics; offsets by partition number. Thread-safe. */
final class Places implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Admin admin;

    Places(KafkaClients kafka) {
        this.admin = kafka.admin();
    }

    Admin admin() {
        return admin;
    }

    /** The next offset of each partition that the group has read. */
    Map<Integer, Long> committed(String group, String topic) {
        Map<Integer, Long> committed = new TreeMap<>();
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && partition.topic().equals(topic)) {
                        committed.put(partition.partition(), offset.offset());
                    }
                });
        return committed;
    }

    /** Whether the group has read anything, of whatever topic. */
    boolean hasRead(String group) {
        return !get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .isEmpty();
    }

    Map<Integer, Long> ends(String topic) {
        return offsets(topic, OffsetSpec.latest());
    }

    Map<Integer, Long> begins(String topic) {
        return offsets(topic, OffsetSpec.earliest());
    }

    /** Records that the group has still to read. */
    long behind(String group, String topic) {
        Map<Integer, Long> places = new TreeMap<>(begins(topic));
        places.putAll(committed(group, topic));
        return missing(places, ends(topic));
    }

    /** How far these places are short of those. */
    static long missing(Map<Integer, Long> places, Map<Integer, Long> wanted) {
        return wanted.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - places.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    boolean exists(String topic) {
        return get(admin.listTopics().names()).contains(topic);
    }

    private Map<Integer, Long> offsets(String topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted =
                get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic, partition.partition()), partition -> which));
        Map<Integer, Long> offsets = new TreeMap<>();
        get(admin.listOffsets(wanted).all())
                .forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        return offsets;
    }

    @Override
    public void close() {
        admin.close();
    }

    /** The answer, or what is wrong for a person. */
    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer: " + e.getMessage() + "; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka", e);
        }
    }
}
