package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.runtime.generations.GapException;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** The topic that a generation is built from, and the groups that read it, as an administrator sees them. */
final class BulkTopic implements AutoCloseable {
    private static final String NAME = Topic.BULK.topicName();
    private static final long PATIENCE_MILLIS = 20_000;
    /** Longer than a group waits for a member that was killed. */
    private static final Duration UNTIL_GROUP_IS_EMPTY = Duration.ofSeconds(90);

    private static final long PAUSE_MILLIS = 200;

    private final Admin admin;

    BulkTopic(KafkaClients clients) {
        this.admin = clients.admin();
    }

    /** The oldest offset of each partition that there still is. */
    Map<Partition, Long> begins() {
        return offsets(OffsetSpec.earliest());
    }

    /** The offset that the next record of each partition gets. */
    Map<Partition, Long> ends() {
        return offsets(OffsetSpec.latest());
    }

    /** How many records are not done where reading has come to these places. */
    long behind(Map<Partition, Long> places) {
        return ends().entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - places.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /**
     * Makes sure that the topic keeps each record.
     *
     * @throws IllegalStateException if it is compacted: then it has the last record of each key, and nobody can tell how
     *     many are gone
     */
    void requireNotCompacted() {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        String policy = Objects.requireNonNull(
                        answer(admin.describeConfigs(List.of(topic)).all()).get(topic))
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_DELETE)) {
            throw new IllegalStateException(NAME + " is compacted (cleanup.policy=" + policy
                    + "): it has lost events between those that are left, so no generation can be rebuilt from it;"
                    + " set cleanup.policy=delete, and restore the topic from a backup");
        }
    }

    /**
     * Makes sure that nothing is gone behind these places.
     *
     * @param places where reading is to go on; a partition that is not named is read from offset 0
     * @throws GapException with the numbers of each partition
     */
    void requireNoGap(Map<Partition, Long> places) {
        Map<Partition, Long> lost = new TreeMap<>();
        begins().forEach((partition, begin) -> {
            long missing = begin - places.getOrDefault(partition, 0L);
            if (missing > 0) {
                lost.put(partition, missing);
            }
        });
        if (!lost.isEmpty()) {
            throw new GapException(gap(lost, places));
        }
    }

    private static String gap(Map<Partition, Long> lost, Map<Partition, Long> places) {
        String each = lost.entrySet().stream()
                .map(entry -> {
                    long from = places.getOrDefault(entry.getKey(), 0L);
                    return String.format(
                            "partition %d: %,d (offsets %d to %d)",
                            entry.getKey().number(), entry.getValue(), from, from + entry.getValue() - 1);
                })
                .collect(Collectors.joining("; "));
        return String.format(
                "%s has lost %,d records that the rebuild needs: %s. Use --accept-gap to build without them,"
                        + " or --from-archive to read first what of them was archived",
                NAME, lost.values().stream().mapToLong(Long::longValue).sum(), each);
    }

    /** Lets a group that nobody is in go on from these places. */
    void place(Generation generation, Map<Partition, Long> places) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        places.forEach((partition, offset) ->
                offsets.put(KafkaRecords.topicPartition(partition), new OffsetAndMetadata(offset)));
        try {
            get(admin.alterConsumerGroupOffsets(generation.group(), offsets).all());
        } catch (ExecutionException e) {
            // The sink is in it already, and moves the places itself; what it goes by is in the database anyway.
            if (!(e.getCause() instanceof org.apache.kafka.common.errors.UnknownMemberIdException)
                    && !(e.getCause() instanceof GroupNotEmptyException)) {
                throw unanswered(e);
            }
        }
    }

    /**
     * Waits until nobody is in a generation's group any more, and removes it.
     *
     * @throws IllegalStateException if somebody stays in it
     */
    void removeGroup(Generation generation) {
        long deadline = System.nanoTime() + UNTIL_GROUP_IS_EMPTY.toNanos();
        while (!isGone(generation.group())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("a sink is still in the group " + generation.group() + " after "
                        + UNTIL_GROUP_IS_EMPTY.toSeconds() + " s: stop it, and drop the generation again");
            }
            pause();
        }
    }

    private boolean isGone(String group) {
        try {
            get(admin.deleteConsumerGroups(List.of(group)).all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw unanswered(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<Partition, Long> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        Objects.requireNonNull(answer(admin.describeTopics(Set.of(NAME)).allTopicNames())
                        .get(NAME))
                .partitions()
                .forEach(partition -> wanted.put(new TopicPartition(NAME, partition.partition()), spec));
        Map<Partition, Long> offsets = new TreeMap<>();
        answer(admin.listOffsets(wanted).all())
                .forEach((partition, info) -> offsets.put(KafkaRecords.partition(partition), info.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return get(future);
        } catch (ExecutionException e) {
            throw unanswered(e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(e);
        }
    }

    private static IllegalStateException unanswered(Exception e) {
        return new IllegalStateException("Kafka does not answer about " + NAME + "; is it running?", e);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(e);
        }
    }
}
