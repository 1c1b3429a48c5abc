package dev.dise.operations.forget;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.Span;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Removes dead letters of a forgotten subject. Kafka removes records only from the beginning of a partition; so all other letters
 * of that partition are first copied to its end as they are. A crash in between leaves letters twice, which name the same
 * record and attempt and so are one; the next time copies each once. Letters that arrive meanwhile stay where they are.
 */
final class ForgottenLetters {
    private static final String NAME = Topic.DEAD_LETTERS.topicName();

    private final KafkaClients kafka;
    private final Forgotten forgotten;

    /**
     * @param forgotten has the subject alone
     */
    ForgottenLetters(KafkaClients kafka, Forgotten forgotten) {
        this.kafka = kafka;
        this.forgotten = forgotten;
    }

    /** How many there are, by partition; none of those that have none. */
    Map<Partition, Long> count() {
        Map<Partition, Long> counts = new HashMap<>();
        try (TopicScan scan = scan()) {
            for (List<SourceRecord> letters = scan.next(); !letters.isEmpty(); letters = scan.next()) {
                letters.stream()
                        .filter(forgotten::isForgotten)
                        .forEach(letter -> counts.merge(letter.partition(), 1L, Long::sum));
            }
        }
        return counts;
    }

    /** Removes them, and says how many they were. */
    long remove() throws StoreUnavailableException {
        Map<Partition, Long> counts = count();
        if (counts.isEmpty()) {
            return 0;
        }
        try (Producer<byte[], byte[]> producer = kafka.producer("forgotten-letters");
                TopicScan scan = scan()) {
            Set<String> copied = new HashSet<>();
            for (List<SourceRecord> letters = scan.next(); !letters.isEmpty(); letters = scan.next()) {
                copy(letters, counts.keySet(), copied, producer);
            }
            deleteUpTo(scan.spans(), counts.keySet());
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException(NAME + " cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run it again to complete it", e);
        }
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private TopicScan scan() {
        return TopicScan.open(kafka, NAME, new ScanStart.Beginning());
    }

    private void copy(
            List<SourceRecord> letters,
            Set<Partition> partitions,
            Set<String> copied,
            Producer<byte[], byte[]> producer)
            throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (SourceRecord letter : letters) {
            if (partitions.contains(letter.partition())
                    && !forgotten.isForgotten(letter)
                    && copied.add(identity(letter))) {
                sent.add(producer.send(copy(letter)));
            }
        }
        producer.flush();
        for (Future<?> acknowledgement : sent) {
            acknowledgement.get();
        }
    }

    /** Which record and attempt a letter is of; one that says nothing of that is only itself. */
    private static String identity(SourceRecord letter) {
        String topic = letter.header(DeadLetterHeaders.TOPIC);
        return topic == null
                ? letter.toString()
                : topic + "-" + letter.header(DeadLetterHeaders.PARTITION) + "@"
                        + letter.header(DeadLetterHeaders.OFFSET) + " "
                        + letter.header(DeadLetterHeaders.STAGE) + " "
                        + letter.header(DeadLetterHeaders.ATTEMPTS);
    }

    private static ProducerRecord<byte[], byte[]> copy(SourceRecord letter) {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(NAME, letter.partition().number(), letter.key(), letter.value());
        letter.headers().forEach(header -> copy.headers().add(header.name(), header.value()));
        return copy;
    }

    private void deleteUpTo(Map<Partition, Span> spans, Set<Partition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
        spans.forEach((partition, span) -> {
            if (partitions.contains(partition)) {
                old.put(KafkaRecords.topicPartition(partition), RecordsToDelete.beforeOffset(span.to()));
            }
        });
        try (Admin admin = kafka.admin()) {
            admin.deleteRecords(old).all().get();
        }
    }
}
