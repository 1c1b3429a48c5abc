package dev.dise.bench.line;

import dev.dise.bench.LogEvent;
import dev.dise.bench.LogEvents;
import dev.dise.bench.SteadySender;
import dev.dise.bench.rag.ShortTexts;
import dev.dise.ingest.EventRecords;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Artifact;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What goes into the line: first all at once, then steadily. */
public final class Traffic {
    /** One live event in so many is looked for until a reader sees it. */
    private static final int PROBE_EVERY = 20;
    /** The first records of each partition travel alone; see {@code BenchTopic}. */
    private static final int ONE_BY_ONE = 50;

    private static final int WORDS = 50;
    private static final int SECONDS_BACK = 60;

    private final KafkaConfig kafka;
    private final LogEvents events = new LogEvents(Instant.now().minusSeconds(SECONDS_BACK), List.of());
    private final Probes probes;
    private int live;

    public Traffic(KafkaConfig kafka, Probes probes) {
        this.kafka = kafka;
        this.probes = probes;
    }

    public void sendLogs(int count) {
        send(count, number -> EventRecords.encode(events.at(number).event()));
    }

    /** Artifacts of one chunk each. */
    public void sendArtifacts(int count) {
        send(count, number -> {
            String text = ShortTexts.madeUp(WORDS, new Random(number));
            Artifact artifact = Artifact.of(EventType.PATTERN, "made-up-" + number, "artifact " + number, text);
            return EventRecords.encode(Event.of(LogEvent.SOURCE, artifact));
        });
    }

    /** Log events that happen now, so many a second, until it is closed. */
    public SteadySender steady(int perSecond) {
        return SteadySender.start(kafka, number -> EventRecords.encode(now()), perSecond, new AtomicInteger());
    }

    private Event now() {
        int number = live++;
        LogEvent like = events.at(number);
        UUID id = UUID.fromString(EventIds.next());
        Instant time = Instant.now();
        boolean isProbe = number % PROBE_EVERY == 0;
        String tool = isProbe ? Probes.tool(number / PROBE_EVERY) : like.toolId();
        Event event = new LogEvent(id, time, tool, like.level(), like.message(), like.details()).event();
        if (isProbe) {
            probes.sent(id, time);
        }
        return event;
    }

    private void send(int count, IntFunction<ProducerRecord<byte[], byte[]>> record) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).producer("bench-fill")) {
            for (int number = 0; number < count; number++) {
                var unused = producer.send(record.apply(number), (place, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
                if (number < ONE_BY_ONE) {
                    producer.flush();
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the topic could not be filled", failure.get());
        }
    }
}
