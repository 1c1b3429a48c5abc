package dev.dise.operations.forget;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Topic;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Adds to the list of the forgotten. */
record ForgottenTopic(KafkaClients kafka) {
    /** Returns once Kafka has it. */
    void add(ForgottenSubject subject) throws StoreUnavailableException {
        String name = Topic.FORGOTTEN.topicName();
        try (Producer<byte[], byte[]> producer = kafka.producer("forgotten")) {
            producer.send(new ProducerRecord<>(name, subject.key(), subject.encode()))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException(name + " cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run it again to complete it", e);
        }
    }
}
