package dev.dise.operations.backup;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.SourceRecord;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records to the partition that they were in, in order, acknowledged by all replicas. Memory is bounded. */
final class RecordWriter implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    RecordWriter(KafkaClients clients) {
        Map<String, Object> settings = clients.common();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "dise-restore");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) TargetTopics.MOST_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TargetTopics.MOST_BYTES);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends a record; what went wrong with an earlier one is thrown here.
     *
     * @param time that it is to have
     * @param offset that it must get
     */
    void write(SourceRecord record, Instant time, long offset) {
        throwIfFailed();
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                record.partition().topic(),
                record.partition().number(),
                time.toEpochMilli(),
                record.key(),
                record.value());
        record.headers().forEach(header -> sent.headers().add(header.name(), header.value()));
        var unused = producer.send(sent, (place, refusal) -> check(record, offset, place, refusal));
    }

    /** Returns when everything sent is acknowledged. */
    void flush() {
        producer.flush();
        throwIfFailed();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void check(SourceRecord record, long offset, @Nullable RecordMetadata place, @Nullable Exception refusal) {
        String what = record.partition().topic() + "-" + record.partition().number();
        if (refusal != null) {
            failure.compareAndSet(
                    null,
                    new IllegalStateException(
                            "Kafka does not take the record " + record + ": " + refusal.getMessage()
                                    + "; the same restore again goes on from here",
                            refusal));
        } else if (place != null && place.offset() != offset) {
            failure.compareAndSet(
                    null,
                    new IllegalStateException("something else writes to " + what
                            + " while it is restored: stop it, empty the line, and begin again"));
        }
    }

    private void throwIfFailed() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
