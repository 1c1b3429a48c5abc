package dev.dise.operations.slice;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Json;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes deeds to {@code dise.audit}, each as a JSON document with the action as its key. */
public final class AuditTopic implements Audit {
    private final KafkaClients kafka;

    public AuditTopic(KafkaClients kafka) {
        this.kafka = kafka;
    }

    @Override
    public void note(Entry entry) {
        byte[] key = entry.action().getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = kafka.producer("audit")) {
            producer.send(new ProducerRecord<>(Topic.AUDIT.topicName(), key, Json.encode(entry)))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException("what was done cannot be written to " + Topic.AUDIT.topicName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to " + Topic.AUDIT.topicName(), e);
        }
    }
}
