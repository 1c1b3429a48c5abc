package dev.dise.operations.slice;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How far something is, kept as the offsets of a consumer group that nobody is a member of: the same again finds it by its
 * name and goes on. Kafka itself forgets it a week after the last change.
 */
final class Checkpoint implements AutoCloseable {
    private final Admin admin;
    private final String group;

    Checkpoint(KafkaClients kafka, String group) {
        this.admin = kafka.admin();
        this.group = group;
    }

    private interface Question<T> {
        KafkaFuture<T> ask();
    }

    /** A name that says what it is for, and which of them by everything that makes it that one. */
    static String name(String kind, String everything) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(everything.getBytes(StandardCharsets.UTF_8));
            return kind + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Where to go on; empty if it was never begun, or is over. */
    Map<Partition, Long> read() throws StoreUnavailableException {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                answer(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<Partition, Long> places = new HashMap<>();
        offsets.forEach((partition, offset) -> places.put(KafkaRecords.partition(partition), offset.offset()));
        return places;
    }

    void save(Map<Partition, Long> places) throws StoreUnavailableException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        places.forEach((partition, place) ->
                offsets.put(KafkaRecords.topicPartition(partition), new OffsetAndMetadata(place)));
        answer(() -> admin.alterConsumerGroupOffsets(group, offsets).all());
    }

    /** It is over, or begins anew. */
    void delete() throws StoreUnavailableException {
        try {
            answer(() -> admin.deleteConsumerGroups(List.of(group)).all());
        } catch (StoreUnavailableException e) {
            if (!(e.getCause() instanceof ExecutionException execution)
                    || !(execution.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private static <T> T answer(Question<T> question) throws StoreUnavailableException {
        try {
            return question.ask().get();
        } catch (ExecutionException e) {
            throw new StoreUnavailableException("Kafka does not keep the progress: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the same again goes on from here", e);
        }
    }
}
