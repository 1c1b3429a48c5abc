package dev.dise.operations.verify;

import dev.dise.pg.ledger.Unexplained;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends events on that did not pass, bytes and headers as they came, as the router does. Twice is harmless: stores take one. */
final class Rerouting {
    private static final String EVENTS = Topic.EVENTS.topicName();

    private final KafkaClients kafka;
    private final Map<String, Set<String>> topics = new HashMap<>();
    private final Map<Partition, Long> from = new HashMap<>();
    private final Map<Partition, Long> to = new HashMap<>();

    Rerouting(DiseConfig config) {
        this.kafka = new KafkaClients(config.kafka());
    }

    /**
     * Returns how many were sent, once Kafka has them. A record of which nothing is known but its place is left alone: it has
     * no route.
     */
    long send(List<Unexplained> events) {
        for (Unexplained event : events) {
            note(event);
        }
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = kafka.producer("verify-rerouting");
                TopicScan scan = TopicScan.upTo(kafka, EVENTS, new ScanStart.At(from), to)) {
            for (List<SourceRecord> some = scan.next(); !some.isEmpty(); some = scan.next()) {
                for (SourceRecord record : some) {
                    topics.getOrDefault(record.toString(), Set.of())
                            .forEach(topic -> sent.add(producer.send(copy(record, topic))));
                }
            }
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
            return sent.size();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take an event: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending events on", e);
        }
    }

    private void note(Unexplained event) {
        // What the first half has lost it makes again of the event.
        String topic = event.missingIn().equals("vectors") ? Topic.RAG.topicName() : event.missingIn();
        if (topic.equals(Topic.BULK.topicName()) || topic.equals(Topic.RAG.topicName())) {
            Partition partition = new Partition(EVENTS, event.partition());
            topics.computeIfAbsent(event.position(), position -> new HashSet<>())
                    .add(topic);
            from.merge(partition, event.offset(), Math::min);
            to.merge(partition, event.offset() + 1, Math::max);
        }
    }

    private static ProducerRecord<byte[], byte[]> copy(SourceRecord record, String topic) {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(topic, null, record.key(), record.value());
        record.headers().forEach(header -> copy.headers().add(header.name(), header.value()));
        return copy;
    }
}
