package dev.dise.runtime.sink;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;

/** A consumer group as an administrator sees it. For tests. */
public final class ConsumerGroup implements AutoCloseable {
    private final Admin admin;
    private final String name;

    public ConsumerGroup(KafkaClients clients, String name) {
        this.admin = clients.admin();
        this.name = name;
    }

    /** Ids of the members that have partitions; each time that a member joins anew it has another. */
    public Set<String> members() {
        Map<String, ConsumerGroupDescription> groups =
                get(admin.describeConsumerGroups(List.of(name)).all());
        return groups.values().stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }

    /** Takes all members out, so that nobody waits for those that died. */
    public void removeMembers() {
        try {
            get(admin.removeMembersFromConsumerGroup(name, new RemoveMembersFromConsumerGroupOptions())
                    .all());
        } catch (IllegalStateException e) {
            // Nobody is in it, which is what was asked for.
            if (!members().isEmpty()) {
                throw e;
            }
        }
    }

    /** The next offset of each partition that the group has read, by the partition's number. */
    public Map<Integer, Long> committed(Topic topic) {
        Map<Integer, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(topic.topicName())) {
                        committed.put(partition.partition(), offset.offset());
                    }
                });
        return committed;
    }

    @Override
    public void close() {
        admin.close();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer about a group", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking about a group", e);
        }
    }
}
