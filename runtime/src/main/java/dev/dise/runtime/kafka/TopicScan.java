package dev.dise.runtime.kafka;

import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a topic holds at the moment in which the scan is opened, from some place to that end, in order per partition.
 * It is in no group, so it takes nothing from anybody and moves no offset. Memory is bounded by one poll. Used by one thread.
 */
public final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST = 2_000;
    /** A broker that says nothing for so long is away. */
    private static final long SILENCE_SECONDS = 60;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Map<Partition, Span> spans = new TreeMap<>();
    private long read;

    private TopicScan(
            Consumer<byte[], byte[]> consumer, String topic, ScanStart start, @Nullable Map<Partition, Long> upTo) {
        this.consumer = consumer;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException(
                    "there is no topic " + topic + " yet: the services make it when they start");
        }
        consumer.assign(partitions);
        this.ends = Map.copyOf(upTo == null ? consumer.endOffsets(partitions) : bounded(consumer, partitions, upTo));
        seek(partitions, start);
        for (TopicPartition partition : partitions) {
            long begin = consumer.position(partition);
            spans.put(KafkaRecords.partition(partition), new Span(begin, Math.max(begin, end(partition))));
            if (begin >= end(partition)) {
                consumer.pause(List.of(partition));
            }
        }
    }

    /**
     * Opens a scan to the topic's end as it is now.
     *
     * @throws IllegalStateException if there is no such topic, or Kafka cannot be reached
     */
    public static TopicScan open(KafkaClients clients, String topic, ScanStart start) {
        return open(clients, topic, start, null);
    }

    /**
     * Opens a scan to these offsets, exclusive, or to the topic's end where that comes first; of a partition that is not named
     * nothing is read.
     *
     * @throws IllegalStateException if there is no such topic, or Kafka cannot be reached
     */
    public static TopicScan upTo(KafkaClients clients, String topic, ScanStart start, Map<Partition, Long> ends) {
        return open(clients, topic, start, ends);
    }

    private static TopicScan open(
            KafkaClients clients, String topic, ScanStart start, @Nullable Map<Partition, Long> ends) {
        Consumer<byte[], byte[]> consumer = clients.reader("scan-of-" + topic, MOST);
        try {
            return new TopicScan(consumer, topic, start, ends);
        } catch (KafkaException e) {
            consumer.close();
            throw new IllegalStateException(topic + " cannot be read: " + e.getMessage() + "; is Kafka running?", e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The offsets that this scan covers, by partition. Compaction and transactions leave offsets without a record. */
    public Map<Partition, Span> spans() {
        return Map.copyOf(spans);
    }

    /** How many offsets the scan covers. */
    public long total() {
        return spans.values().stream()
                .mapToLong(span -> span.to() - span.from())
                .sum();
    }

    /** How many of them it is done with. */
    public long done() {
        return read;
    }

    /**
     * The next records, at most 2,000; empty once the end is reached.
     *
     * @throws IllegalStateException if Kafka is silent for a minute
     */
    public List<SourceRecord> next() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS);
        while (!isAtEnd()) {
            List<SourceRecord> records = poll();
            if (!records.isEmpty()) {
                return records;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Kafka has sent nothing for " + SILENCE_SECONDS + " s; is it running?");
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<SourceRecord> poll() {
        List<SourceRecord> records = new ArrayList<>();
        consumer.poll(POLL).forEach(record -> {
            if (record.offset() < end(new TopicPartition(record.topic(), record.partition()))) {
                records.add(KafkaRecords.sourceRecord(record));
            }
        });
        read = 0;
        spans.forEach((partition, span) -> read += doneOf(KafkaRecords.topicPartition(partition), span));
        return records;
    }

    private long doneOf(TopicPartition partition, Span span) {
        long position = consumer.position(partition);
        if (position >= span.to()) {
            consumer.pause(List.of(partition));
        }
        return Math.min(span.to(), position) - span.from();
    }

    private boolean isAtEnd() {
        return read >= total();
    }

    private static Map<TopicPartition, Long> bounded(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<Partition, Long> upTo) {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        ends.replaceAll((partition, end) -> Math.min(end, upTo.getOrDefault(KafkaRecords.partition(partition), 0L)));
        return ends;
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private void seek(List<TopicPartition> partitions, ScanStart start) {
        consumer.seekToBeginning(partitions);
        switch (start) {
            case ScanStart.Beginning beginning -> {}
            case ScanStart.Since since -> seekTo(partitions, since.time());
            case ScanStart.At at -> seekTo(partitions, at.offsets());
        }
    }

    private void seekTo(List<TopicPartition> partitions, Map<Partition, Long> offsets) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            Long offset = offsets.get(KafkaRecords.partition(partition));
            if (offset != null) {
                long begin = begins.getOrDefault(partition, 0L);
                // Behind the end Kafka would begin anew.
                consumer.seek(partition, Math.max(begin, Math.min(offset, end(partition))));
            }
        }
    }

    private void seekTo(List<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> places = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp place = places.get(partition);
            consumer.seek(partition, place == null ? end(partition) : place.offset());
        }
    }
}
