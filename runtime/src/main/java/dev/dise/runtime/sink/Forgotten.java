package dev.dise.runtime.sink;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subjects that are to be left out by whoever reads events: sinks, replays, rebuilds, comparisons. Asking costs next to
 * nothing while there is none. Thread-safe.
 */
public final class Forgotten {
    private static final Logger log = LoggerFactory.getLogger(Forgotten.class);

    private static final long PATIENCE_SECONDS = 60;

    private final Map<String, List<ForgottenSubject>> bySubject = new ConcurrentHashMap<>();
    private final CountDownLatch read;

    private Forgotten(int unread) {
        this.read = new CountDownLatch(unread);
    }

    /** Of whom nothing is to be left out. */
    public static Forgotten nobody() {
        return new Forgotten(0);
    }

    /** A list that is still to be read: who asks waits for that. */
    static Forgotten unread() {
        return new Forgotten(1);
    }

    /** From now on the list is as the topic has it. */
    void markRead() {
        read.countDown();
    }

    /** What the list has in this moment. Who runs for long follows it instead, by {@link ForgottenReader}. */
    public static Forgotten now(KafkaClients kafka) {
        Forgotten forgotten = new Forgotten(0);
        try (TopicScan scan = TopicScan.open(kafka, Topic.FORGOTTEN.topicName(), new ScanStart.Beginning())) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                records.forEach(record -> forgotten.note(record.value()));
            }
        }
        return forgotten;
    }

    /** Adds one; an older one of the same subject and type is part of it. */
    public void add(ForgottenSubject subject) {
        bySubject.merge(
                subject.subject(),
                List.of(subject),
                (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    }

    /** Everybody who is on the list. */
    public List<ForgottenSubject> subjects() {
        return bySubject.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Whether a record of any topic is to be left out: by its subject, which is its key where it has no header.
     *
     * @throws IllegalStateException if the list is still not read after a minute, although there are records
     */
    public boolean isForgotten(SourceRecord record) {
        awaitRead();
        if (bySubject.isEmpty()) {
            return false;
        }
        String subject = record.header(EnvelopeHeaders.SUBJECT);
        byte[] key = record.key();
        if (subject == null && key != null) {
            subject = new String(key, StandardCharsets.UTF_8);
        }
        List<ForgottenSubject> named = subject == null ? null : bySubject.get(subject);
        return named != null
                && named.stream().anyMatch(one -> one.covers(typeOf(record), timeOf(record), record.appendedAt()));
    }

    /**
     * The same for who has the envelope.
     *
     * @param appendedAt when the topic got the event
     */
    public boolean isForgotten(Envelope envelope, Instant appendedAt) {
        awaitRead();
        List<ForgottenSubject> named = bySubject.getOrDefault(envelope.subject(), List.of());
        EventType target = envelope.targetType();
        EventType type = target == null ? envelope.type() : target;
        return named.stream().anyMatch(one -> one.covers(type, envelope.time(), appendedAt));
    }

    /** The question of a sink, which counts what it leaves out. */
    public Predicate<SourceRecord> counting(String sink, MeterRegistry meters) {
        Counter counter = meters.counter("dise.forgotten", "sink", sink);
        return record -> {
            boolean isForgotten = isForgotten(record);
            if (isForgotten) {
                counter.increment();
            }
            return isForgotten;
        };
    }

    private void awaitRead() {
        try {
            if (read.getCount() > 0 && !read.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(Topic.FORGOTTEN.topicName() + " is not read within " + PATIENCE_SECONDS
                        + " s: is there such a topic, and may it be read?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + Topic.FORGOTTEN.topicName(), e);
        }
    }

    /** Notes a value of the topic; what is none is logged, since nobody could read on otherwise. */
    void note(byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            add(ForgottenSubject.decode(value));
        } catch (IllegalArgumentException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("a record of dise.forgotten cannot be read");
        }
    }

    private static @Nullable EventType typeOf(SourceRecord record) {
        String target = record.header(EnvelopeHeaders.TARGET_TYPE);
        if (target != null) {
            return EventType.forWireName(target).orElse(null);
        }
        String type = record.header(EnvelopeHeaders.TYPE);
        return type == null ? null : EventType.forCeType(type).orElse(null);
    }

    private static @Nullable Instant timeOf(SourceRecord record) {
        String time = record.header(EnvelopeHeaders.TIME);
        try {
            return time == null ? null : EnvelopeHeaders.parseTime(time);
        } catch (InvalidEventException e) {
            // Then only the topic's own time tells.
            return null;
        }
    }
}
