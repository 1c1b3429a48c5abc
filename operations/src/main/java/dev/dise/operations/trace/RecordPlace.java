package dev.dise.operations.trace;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Where one record is. */
record RecordPlace(Partition partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of a text such as {@code dise.bulk-3@1024}; empty if it is none. */
    static Optional<RecordPlace> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new RecordPlace(
                        new Partition(parts.group(1), Integer.parseInt(parts.group(2))),
                        Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /** The record there; empty if there is none, or no longer. */
    Optional<SourceRecord> read(KafkaClients clients) {
        TopicPartition place = KafkaRecords.topicPartition(partition);
        try (Consumer<byte[], byte[]> consumer = clients.reader("record-at-" + partition.topic(), 1)) {
            if (consumer.partitionsFor(partition.topic()).size() <= partition.number() || isOutside(consumer, place)) {
                return Optional.empty();
            }
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline && consumer.position(place) <= offset) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == offset
                            ? Optional.of(KafkaRecords.sourceRecord(record))
                            : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw new IllegalStateException(this + " cannot be read: " + e.getMessage() + "; is Kafka running?", e);
        }
    }

    private boolean isOutside(Consumer<byte[], byte[]> consumer, TopicPartition place) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(List.of(place));
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(place));
        return offset < begins.getOrDefault(place, 0L) || offset >= ends.getOrDefault(place, 0L);
    }

    @Override
    public String toString() {
        return partition.topic() + "-" + partition.number() + "@" + offset;
    }
}
