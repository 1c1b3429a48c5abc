package dev.dise.operations.slice;

import dev.dise.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Whether a topic still has what it got since a time, or has lost its beginning to retention. */
public final class Reach {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Reach() {}

    /**
     * What may be missing, with the numbers; empty if nothing is.
     *
     * @param since null for all that the topic has ever had
     */
    public static Optional<String> gap(KafkaClients kafka, String topic, @Nullable Instant since) {
        try (Consumer<byte[], byte[]> consumer = kafka.reader("reach-of-" + topic, 1)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> wanted =
                    partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> millis(since)));
            Map<TopicPartition, OffsetAndTimestamp> firsts = consumer.offsetsForTimes(wanted, PATIENCE);
            String missing = partitions.stream()
                    .filter(partition -> begins.getOrDefault(partition, 0L) > 0)
                    .filter(partition -> isAtBegin(begins.get(partition), firsts.get(partition)))
                    .map(partition -> describe(partition, begins.get(partition), firsts.get(partition)))
                    .sorted()
                    .collect(Collectors.joining("; "));
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(topic + " no longer has all " + (since == null ? "it got" : "it got since " + since)
                            + ": " + missing);
        }
    }

    private static long millis(@Nullable Instant since) {
        return since == null ? 0 : Math.max(0, since.toEpochMilli());
    }

    /** What is left begins within the span, so what was before may have been in it too. */
    private static boolean isAtBegin(@Nullable Long begin, @Nullable OffsetAndTimestamp first) {
        return begin != null && (first == null || first.offset() <= begin);
    }

    private static String describe(TopicPartition partition, @Nullable Long begin, @Nullable OffsetAndTimestamp first) {
        String rest = first == null ? "nothing is left" : "it begins at " + Instant.ofEpochMilli(first.timestamp());
        return "the first " + begin + " records of " + partition + " are gone, " + rest;
    }
}
