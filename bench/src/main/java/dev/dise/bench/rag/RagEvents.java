package dev.dise.bench.rag;

import dev.dise.cli.imports.DiseMemoryImport;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Artifacts as events of {@code dise.rag}: a real DiSE's where its files are, else made-up ones of like length. */
final class RagEvents {
    static final Path ARTIFACTS = Path.of("..", "shared", "data", "dise", "artifacts.jsonl");
    static final Path TOOLS = Path.of("..", "shared", "data", "dise", "tools.jsonl");

    private static final String SOURCE = "urn:dise:bench";
    private static final int MADE_UP = 450;
    private static final long SEED = 20_263;

    private RagEvents() {}

    /** Every artifact that there is, at its newest version. */
    static List<Event> all() throws IOException {
        if (!Files.exists(ARTIFACTS) || !Files.exists(TOOLS)) {
            return madeUp();
        }
        return read(ARTIFACTS, TOOLS);
    }

    private static List<Event> read(Path artifacts, Path tools) throws IOException {
        Map<String, Event> newest = new LinkedHashMap<>();
        try (DiseMemoryImport memory = DiseMemoryImport.open(artifacts, tools)) {
            memory.forEachRemaining(line -> line.events().stream()
                    .filter(event -> event.envelope().type().isArtifact())
                    .forEach(event -> newest.put(
                            event.envelope().type() + "/" + event.envelope().subject(), event)));
        }
        return List.copyOf(newest.values());
    }

    private static List<Event> madeUp() {
        Random random = new Random(SEED);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < MADE_UP; i++) {
            int words = (int) Math.min(8_000, Math.exp(4 + 1.3 * random.nextGaussian()));
            events.add(Event.of(
                    SOURCE,
                    Artifact.of(EventType.PATTERN, "made-up-" + i, "artifact " + i, ShortTexts.madeUp(words, random))));
        }
        return events;
    }

    /** The same artifacts, as if they were emitted now. */
    static List<Event> again(List<Event> events) {
        Instant now = Instant.now();
        return events.stream()
                .map(event -> new Event(
                        new Envelope(
                                EventIds.next(),
                                event.envelope().type(),
                                SOURCE,
                                event.envelope().subject(),
                                now,
                                null,
                                null,
                                null),
                        event.data()))
                .toList();
    }

    /** Writes them to the topic, and returns when they are there. */
    static void send(KafkaClients kafka, List<Event> events) throws Exception {
        try (Producer<byte[], byte[]> producer = kafka.producer("bench-events")) {
            List<Future<?>> sent = new ArrayList<>();
            for (Event event : events) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        Topic.RAG.topicName(),
                        event.envelope().subject().getBytes(StandardCharsets.UTF_8),
                        event.data());
                EnvelopeHeaders.encode(event.envelope())
                        .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                sent.add(producer.send(record));
            }
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
        }
    }
}
