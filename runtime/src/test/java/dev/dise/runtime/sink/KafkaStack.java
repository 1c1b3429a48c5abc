package dev.dise.runtime.sink;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.schemas.Event;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker with the topics of the line, and clients of it. For tests. */
public final class KafkaStack implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final KafkaConfig config;
    private final KafkaClients clients;
    private final Producer<byte[], byte[]> producer;

    private KafkaStack(EmbeddedKafka kafka, int partitions) {
        this.kafka = kafka;
        this.config = new KafkaConfig(kafka.bootstrapServers(), Map.of(), partitions, 1);
        TopicSetup.ensure(config);
        this.clients = new KafkaClients(config);
        this.producer = clients.producer("test-producer");
    }

    /** Starts on a free port. */
    public static KafkaStack start(Path directory, int partitions) {
        return start(directory, 0, partitions);
    }

    /** Starts on that port, or on a free one if it is 0. */
    public static KafkaStack start(Path directory, int port, int partitions) {
        return new KafkaStack(EmbeddedKafka.start(directory, port), partitions);
    }

    /** How services reach it. */
    public KafkaConfig config() {
        return config;
    }

    /** Clients as services have them. */
    public KafkaClients clients() {
        return clients;
    }

    /** Writes the events to the topic, and returns when they are there. */
    public void send(Topic topic, Collection<Event> events) throws ExecutionException, InterruptedException {
        sendRaw(events.stream()
                .map(event -> EventDeliveries.toSend(topic.topicName(), event))
                .toList());
    }

    /** Writes records as they are, and returns when they are there. */
    public void sendRaw(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        records.forEach(record -> sent.add(producer.send(record)));
        for (Future<?> acknowledgement : sent) {
            acknowledgement.get();
        }
    }

    /** Every committed record of the topic, in order per partition. */
    public List<SourceRecord> read(Topic topic) {
        return new TopicReader(clients).read(topic);
    }

    /** Records that the topic has had, over all partitions. */
    public long end(Topic topic) {
        return new TopicReader(clients).end(topic);
    }

    /** Every dead letter. */
    public List<SourceRecord> deadLetters() {
        return read(Topic.DEAD_LETTERS);
    }

    @Override
    public void close() {
        producer.close();
        kafka.close();
    }
}
