package dev.dise.localdev;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as a test looks at it.
 *
 * @param mark of a planted record; empty if it has none
 * @param origin where the refused record is, as in {@code dise.events-0@17}
 * @param eventId empty if the record had none; so is its run id
 */
record DeadLetter(
        String mark, String origin, String eventId, String runId, String stage, String reason, String message) {

    /** Every dead letter there is. */
    static List<DeadLetter> all(KafkaConfig config) {
        List<DeadLetter> letters = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(config).consumer("dead-letter-test", 1_000)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.DEAD_LETTERS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.endOffsets(partitions).forEach((partition, end) -> {
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(record -> letters.add(of(record)));
                }
            });
        }
        return letters;
    }

    private static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        String origin = text(record, DeadLetterHeaders.TOPIC) + "-" + text(record, DeadLetterHeaders.PARTITION) + "@"
                + text(record, DeadLetterHeaders.OFFSET);
        return new DeadLetter(
                text(record, RawRecords.MARK),
                origin,
                text(record, EnvelopeHeaders.ID),
                text(record, EnvelopeHeaders.RUN_ID),
                text(record, DeadLetterHeaders.STAGE),
                text(record, DeadLetterHeaders.REASON),
                text(record, DeadLetterHeaders.MESSAGE));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
