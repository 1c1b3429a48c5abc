package dev.dise.operations.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Json;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Writes what operators do to {@code dise.audit}, and reads it back. An entry is acknowledged by Kafka when {@link #write}
 * returns; what is done again after a crash may have two. Used by one thread.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final String TOPIC = Topic.AUDIT.topicName();
    /** The broker notes when it got an entry; the clock of who wrote it may be ahead of that. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final KafkaClients clients;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Connects to nothing before it is asked for something. */
    public AuditLog(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Writes an entry and returns when it is safe.
     *
     * @throws IllegalStateException if Kafka does not take it
     */
    public void write(AuditEntry entry) {
        write(List.of(entry));
    }

    /**
     * Writes entries in their order and returns when all are safe.
     *
     * @throws IllegalStateException if Kafka does not take them; some may be there
     */
    public void write(List<AuditEntry> entries) {
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (AuditEntry entry : entries) {
                sent.add(producer()
                        .send(new ProducerRecord<>(TOPIC, entry.target().getBytes(UTF_8), Json.encode(entry))));
            }
            producer().flush();
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException(TOPIC + " cannot be written: " + e.getMessage() + "; is Kafka running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing the audit", e);
        }
    }

    /** The entries that match, oldest first. */
    public List<AuditEntry> read(AuditFilter filter) {
        List<AuditEntry> entries = new ArrayList<>();
        read(filter, entries::add);
        return entries;
    }

    /** Gives the entries that match, oldest first, in bounded memory. */
    public void read(AuditFilter filter, Consumer<AuditEntry> each) {
        ScanStart start = filter.since() == null
                ? new ScanStart.Beginning()
                : new ScanStart.Since(filter.since().minus(CLOCKS_DIFFER));
        try (TopicScan scan = TopicScan.open(clients, TOPIC, start)) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                records.forEach(record -> entry(record).filter(filter::matches).ifPresent(each));
            }
        }
    }

    /** The last entries that match, newest first. */
    public List<AuditEntry> newest(AuditFilter filter, int limit) {
        Deque<AuditEntry> newest = new ArrayDeque<>();
        read(filter, entry -> {
            newest.addFirst(entry);
            if (newest.size() > limit) {
                newest.removeLast();
            }
        });
        return List.copyOf(newest);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.producer("dise-audit");
        }
        return producer;
    }

    private static Optional<AuditEntry> entry(SourceRecord record) {
        byte[] value = record.value();
        try {
            return value == null ? Optional.empty() : Optional.of(Json.mapper().readValue(value, AuditEntry.class));
        } catch (JacksonException e) {
            // A stranger's record must not hide what the others say.
            log.atWarn().addKeyValue("record", record).log("a record of the audit topic is no entry and was left out");
            return Optional.empty();
        }
    }
}
