package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.PerfData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends logs, figures, bug reports, generated tools and one percent of poison to a topic, and notes each in a ledger once
 * Kafka has it. Versions of an entity are sent in the order of their times. Thread-safe.
 */
public final class MixedTraffic implements AutoCloseable {
    private static final int SUBJECTS = 13;
    private static final int PERIOD_MILLIS = 20;
    private static final List<byte[]> POISON = List.of(
            "garbage".getBytes(UTF_8),
            new byte[0],
            new byte[] {(byte) 0xFF, 0, (byte) 0xC0, (byte) 0x80},
            "{}".getBytes(UTF_8),
            "{\"tool_id\":\"another\",\"log_level\":\"info\",\"message\":\"m\"}".getBytes(UTF_8));

    private final Topic topic;
    private final Ledger ledger;
    private final Producer<byte[], byte[]> producer;
    private final Random random;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> flow;
    private Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /**
     * Silent until told to send.
     *
     * @param seed of what is sent
     */
    public MixedTraffic(KafkaClients clients, Topic topic, Ledger ledger, long seed) {
        this.topic = topic;
        this.ledger = ledger;
        this.producer = clients.producer("mixed-traffic");
        this.random = new Random(seed);
    }

    /** Moves by itself from now on, until stopped. */
    public synchronized void flow(int eventsPerSecond) {
        int events = Math.max(1, eventsPerSecond * PERIOD_MILLIS / 1_000);
        flow = clock.scheduleAtFixedRate(() -> sendSome(events), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends so many, and returns when Kafka has them. */
    public void send(int events) {
        sendSome(events);
        producer.flush();
        assertThat(failure.get()).as("refused by Kafka").isNull();
    }

    /** Sends no more until told to, and returns when Kafka has everything. */
    public synchronized void stop() {
        if (flow != null) {
            flow.cancel(false);
        }
        send(0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }

    private synchronized void sendSome(int events) {
        for (int i = 0; i < events; i++) {
            if (random.nextInt(100) == 0) {
                sendPoison();
            } else {
                Event event = event(data());
                send(EventDeliveries.toSend(topic.topicName(), event), () -> ledger.accepted(event));
            }
        }
    }

    /** A record whose headers are those of an event, so that its dead letter can be found again. */
    private void sendPoison() {
        Event event = event(Log.of("tool-" + random.nextInt(SUBJECTS), LogLevel.INFO, "m"));
        ProducerRecord<byte[], byte[]> good = EventDeliveries.toSend(topic.topicName(), event);
        byte[] value = POISON.get(random.nextInt(POISON.size()));
        send(
                new ProducerRecord<>(good.topic(), null, good.key(), value, good.headers()),
                () -> ledger.acceptedPoison(event.envelope().id()));
    }

    private void send(ProducerRecord<byte[], byte[]> record, Runnable accepted) {
        var unused = producer.send(record, (place, refusal) -> {
            if (refusal == null) {
                accepted.run();
            } else {
                failure.set(refusal);
            }
        });
    }

    private Event event(EventData data) {
        time = time.plus(1, ChronoUnit.MILLIS);
        return Event.of(EventIds.next(), "urn:dise:test", time, data);
    }

    private EventData data() {
        int kind = random.nextInt(10);
        int subject = random.nextInt(SUBJECTS);
        if (kind < 5) {
            return Log.of("tool-" + subject, LogLevel.INFO, "number " + random.nextInt());
        }
        if (kind < 8) {
            return PerfData.of("tool-" + subject, "latency_ms", random.nextInt(1_000));
        }
        return kind == 8
                ? BugReport.of("bug-" + subject, "tool", Severity.LOW, "number " + random.nextInt())
                : GeneratedTool.of("tool-" + subject, "name " + random.nextInt(), "llm");
    }
}
