package dev.dise.rag;

import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes point changes to {@code dise.vectors}, in order, with the headers of the event that each comes from. */
final class VectorsTopic implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;

    /** A change, and the record that caused it. */
    record Change(SourceRecord cause, PointChange change) {}

    VectorsTopic(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Returns once Kafka has acknowledged every change that it will ever take.
     *
     * @return the rest: a point can be larger than the event that it comes from
     */
    List<Rejection> write(List<Change> changes) throws StoreUnavailableException {
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (Change change : changes) {
                sent.add(producer.send(record(change)));
            }
            List<Rejection> rejections = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                if (isTooLarge(sent.get(i))) {
                    rejections.add(new Rejection(
                            changes.get(i).cause(),
                            "TOO_LARGE",
                            "its point is larger than " + Topic.VECTORS.topicName() + " takes"));
                }
            }
            return rejections;
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException(Topic.VECTORS.topicName() + " cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while writing vectors", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static boolean isTooLarge(Future<?> acknowledgement) throws ExecutionException, InterruptedException {
        try {
            acknowledgement.get();
            return false;
        } catch (ExecutionException e) {
            // Waiting would not make it smaller, and would stop the line for good.
            if (e.getCause() instanceof RecordTooLargeException) {
                return true;
            }
            throw e;
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Change change) {
        byte[] key = change.change().id().toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = switch (change.change()) {
            case PointChange.Upsert upsert -> upsert.point().toByteArray();
            case PointChange.Delete delete -> null;
        };
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topic.VECTORS.topicName(), null, key, value);
        change.cause().headers().forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }
}
