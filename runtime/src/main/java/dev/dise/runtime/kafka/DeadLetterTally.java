package dev.dise.runtime.kafka;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Reads the dead letters of one run, from the beginning of the topic to its end. */
public final class DeadLetterTally {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_POLL = 1_000;

    /**
     * One dead letter, without its content.
     *
     * @param type wire name of the event's type; empty if the record does not say a known one
     * @param subject what the event is about; empty if the record does not say
     */
    public record Letter(String type, String subject, String stage, String reason, String message) {}

    private DeadLetterTally() {}

    /** All dead letters whose record carries the run id. */
    public static List<Letter> ofRun(KafkaConfig config, String runId) {
        List<Letter> letters = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaClients(config).consumer("dise-dead-letter-tally", MAX_POLL)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.DEAD_LETTERS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(POLL).forEach(record -> {
                    if (runId.equals(text(record, EnvelopeHeaders.RUN_ID))) {
                        letters.add(letter(record));
                    }
                });
            }
        }
        return letters;
    }

    /** How many letters there are of each type. */
    public static Map<String, Long> byType(List<Letter> letters) {
        return letters.stream().collect(Collectors.groupingBy(Letter::type, Collectors.counting()));
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        String type = EventType.forCeType(text(record, EnvelopeHeaders.TYPE))
                .map(EventType::wireName)
                .orElse("");
        return new Letter(
                type,
                text(record, EnvelopeHeaders.SUBJECT),
                text(record, DeadLetterHeaders.STAGE),
                text(record, DeadLetterHeaders.REASON),
                text(record, DeadLetterHeaders.MESSAGE));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
