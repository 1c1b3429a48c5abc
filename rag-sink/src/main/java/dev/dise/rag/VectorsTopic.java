package dev.dise.rag;

import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes point changes to a topic of vectors, in order, with the headers of the event that each comes from, and notes what
 * it has written. All points of an artifact are in one partition: that which its events have in {@code dise.rag}.
 */
final class VectorsTopic implements AutoCloseable {
    private final String name;
    private final Producer<byte[], byte[]> producer;
    private final PublishedPoints published;

    /** A change, and the record that caused it. */
    record Change(SourceRecord cause, VectorRecord record) {}

    VectorsTopic(String name, Producer<byte[], byte[]> producer, PublishedPoints published) {
        this.name = name;
        this.producer = producer;
        this.published = published;
    }

    /**
     * Returns once Kafka has acknowledged every change that it will ever take.
     *
     * @return the rest: a point can be larger than the event that it comes from
     */
    List<Rejection> write(List<Change> changes) throws StoreUnavailableException {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Change change : changes) {
                sent.add(producer.send(record(change)));
            }
            List<Rejection> rejections = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                RecordMetadata written = acknowledged(sent.get(i));
                if (written == null) {
                    rejections.add(tooLarge(changes.get(i)));
                } else if (written.offset() == published.place(written.partition())) {
                    // What another has written in between is read from the topic, and all that is behind it.
                    published.apply(
                            written.partition(),
                            written.offset(),
                            changes.get(i).record());
                }
            }
            return rejections;
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException(name + " cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while writing vectors", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private Rejection tooLarge(Change change) {
        return new Rejection(change.cause(), "TOO_LARGE", "its point is larger than " + name + " takes");
    }

    /** Null if the record is too large: waiting would not make it smaller, and would stop the line for good. */
    private static @Nullable RecordMetadata acknowledged(Future<RecordMetadata> sent)
            throws ExecutionException, InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return null;
            }
            throw e;
        }
    }

    private ProducerRecord<byte[], byte[]> record(Change change) {
        PointChange point = change.record().change();
        byte[] key = point.id().toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = switch (point) {
            case PointChange.Upsert upsert -> upsert.point().toByteArray();
            case PointChange.Delete delete -> null;
            case PointChange.Forget forget -> null;
        };
        int partition = VectorsReader.partitionFor(
                change.cause().partition().number(),
                producer.partitionsFor(name).size());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(name, partition, key, value);
        change.cause().headers().forEach(header -> record.headers().add(header.name(), header.value()));
        change.record().headers().forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }
}
