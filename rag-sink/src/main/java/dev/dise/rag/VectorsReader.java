package dev.dise.rag;

import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a topic of vectors back: what was written before this process, or by the former owner of a partition. */
final class VectorsReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VectorsReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Then the loop gets a turn, so that the group keeps its member. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String name;
    private final Consumer<byte[], byte[]> consumer;
    private final PublishedPoints published;
    private final Clock clock;

    VectorsReader(String name, Consumer<byte[], byte[]> consumer, PublishedPoints published, Clock clock) {
        this.name = name;
        this.consumer = consumer;
        this.published = published;
        this.clock = clock;
    }

    /**
     * The partition of {@code dise.vectors} that has the points of one of {@code dise.rag}.
     *
     * @param count how many partitions it has
     */
    static int partitionFor(int ragPartition, int count) {
        return ragPartition % count;
    }

    /**
     * Returns once everything is noted that stands in these partitions of {@code dise.rag}'s points now.
     *
     * @throws StoreUnavailableException if Kafka is away, or after ten seconds, with how far it is: calling again goes on
     */
    void catchUp(Collection<Partition> ragPartitions) throws StoreUnavailableException {
        try {
            int count = consumer.partitionsFor(name).size();
            Map<TopicPartition, Long> ends = consumer.endOffsets(ragPartitions.stream()
                    .map(partition -> new TopicPartition(name, partitionFor(partition.number(), count)))
                    .collect(Collectors.toSet()));
            Map<TopicPartition, Long> behind = new HashMap<>(ends);
            behind.entrySet().removeIf(end -> place(end.getKey()) >= end.getValue());
            if (!behind.isEmpty()) {
                read(behind);
            }
        } catch (KafkaException e) {
            throw new StoreUnavailableException(name + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void read(Map<TopicPartition, Long> ends) throws StoreUnavailableException {
        Instant deadline = clock.instant().plus(LONGEST);
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, place(partition)));
        while (left(ends) > 0) {
            if (clock.instant().isAfter(deadline)) {
                throw new StoreUnavailableException(
                        "still reading what " + name + " holds: " + left(ends) + " records to go",
                        new IllegalStateException("not read to its end yet"));
            }
            consumer.poll(POLL).forEach(this::note);
            // Compaction leaves holes, also at the end.
            ends.keySet().forEach(partition -> published.skipTo(partition.partition(), consumer.position(partition)));
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        try {
            published.apply(record.partition(), record.offset(), VectorRecord.from(KafkaRecords.sourceRecord(record)));
        } catch (InvalidEventException e) {
            // The second half makes a dead letter of it.
            log.atDebug()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("no point");
        }
    }

    private long left(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - place(end.getKey())))
                .sum();
    }

    private long place(TopicPartition partition) {
        return published.place(partition.partition());
    }
}
