package dev.dise.operations.forget;

import dev.dise.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when every sink that runs is done with what its topic held at a moment: what it had read before it knew the list of the
 * forgotten is written then. A sink that does not run reads the whole list when it starts.
 */
final class SinksCaughtUp implements AutoCloseable {
    private static final List<String> SINKS = List.of("pg-sink-g", "rag-sink-");

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS = 10;

    private final KafkaClients kafka;
    private final Admin admin;
    private final Map<String, Map<TopicPartition, Long>> goals;

    /** What the topics hold now. */
    SinksCaughtUp(KafkaClients kafka) {
        this.kafka = kafka;
        this.admin = kafka.admin();
        try {
            this.goals = goals();
        } catch (RuntimeException e) {
            admin.close();
            throw e;
        }
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    /** How many records they have to pass yet; of one that has ended meanwhile, none. */
    long left() {
        long left = 0;
        for (Map.Entry<String, Map<TopicPartition, Long>> goal : goals.entrySet()) {
            if (partitionsOf(goal.getKey()).isEmpty()) {
                continue;
            }
            Map<TopicPartition, OffsetAndMetadata> places = answered(() -> admin.listConsumerGroupOffsets(goal.getKey())
                    .partitionsToOffsetAndMetadata()
                    .get());
            for (Map.Entry<TopicPartition, Long> end : goal.getValue().entrySet()) {
                OffsetAndMetadata place = places.get(end.getKey());
                left += records(end.getKey(), place == null ? 0 : place.offset(), end.getValue());
            }
        }
        return left;
    }

    @Override
    public void close() {
        admin.close();
    }

    /** Transactions leave offsets at the end that no record has, and no sink can pass. */
    private long records(TopicPartition partition, long from, long to) {
        if (from >= to) {
            return 0;
        }
        try (Consumer<byte[], byte[]> reader = kafka.reader("passed-by-sinks", 1)) {
            reader.assign(List.of(partition));
            reader.seek(partition, from);
            for (int polls = 0; polls < POLLS && reader.position(partition) < to; polls++) {
                if (!reader.poll(POLL).isEmpty()) {
                    return to - from;
                }
            }
            return reader.position(partition) < to ? to - from : 0;
        }
    }

    private Map<String, Map<TopicPartition, Long>> goals() {
        List<String> groups = answered(() -> admin.listGroups().all().get()).stream()
                .map(GroupListing::groupId)
                .filter(group -> SINKS.stream().anyMatch(group::startsWith))
                .toList();
        Map<String, Map<TopicPartition, Long>> found = new HashMap<>();
        groups.forEach(group -> found.put(group, ends(partitionsOf(group))));
        return found;
    }

    private List<TopicPartition> partitionsOf(String group) {
        ConsumerGroupDescription described = answered(
                        () -> admin.describeConsumerGroups(List.of(group)).all().get())
                .get(group);
        return described == null
                ? List.of()
                : described.members().stream()
                        .map(MemberDescription::assignment)
                        .flatMap(assignment -> assignment.topicPartitions().stream())
                        .toList();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answered(() -> admin.listOffsets(latest).all().get())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private static <T> T answered(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell how far the sinks are: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run it again to complete it", e);
        }
    }
}
