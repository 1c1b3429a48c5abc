package dev.dise.cli;

import dev.dise.cli.terminal.Progress;
import dev.dise.cli.terminal.Settling;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.EmitterStats;
import dev.dise.ingest.FlushReport;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.kafka.DeadLetterTally;
import dev.dise.runtime.kafka.DeadLetterTally.Letter;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Sends imported events as fast as Kafka takes them, waits until they are visible, and accounts for them. */
final class Importing implements AutoCloseable {
    private static final long BUFFER_BYTES = 48L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String runId = EventIds.next();
    private final StackLink.Connection connection;
    private final ArtifactEmitter emitter;
    private final Pace pace;
    private final Output output;
    private final Progress progress;
    private final Map<EventType, Long> sent = new EnumMap<>(EventType.class);
    private final Set<String> estimated = new TreeSet<>();
    private final Map<String, Long> before;
    private long count;

    Importing(StackLink.Connection connection, Output output) {
        this.connection = connection;
        this.output = output;
        this.before = stored();
        this.emitter = connection.emitter("urn:dise:import", BUFFER_BYTES, null);
        this.pace = new Pace(emitter, BUFFER_BYTES);
        this.progress = new Progress(output.progress(), "reading");
    }

    /** Sends one event; waits while the buffer is more than half full, so that nothing is dropped. */
    void send(Event event) throws InterruptedException {
        pace.keep();
        emitter.emit(event.withRunId(runId));
        sent.merge(event.envelope().type(), 1L, Long::sum);
        progress.at(++count, 0);
    }

    /** Waits until all is visible, and says what became of it. */
    Imported finish() throws InterruptedException {
        progress.done(count);
        FlushReport report = emitter.flush(PATIENCE);
        boolean settled;
        try (Line line = connection.line()) {
            settled = new Settling(line, output.progress(), PATIENCE, () -> true).await("storing");
        }
        List<Letter> letters = DeadLetterTally.ofRun(connection.config().kafka(), runId);
        EmitterStats stats = emitter.stats();
        Map<String, Long> after = stored();
        return new Imported(
                sent, stats.delivered(), report.undelivered(), letters, before, after, List.copyOf(estimated), settled);
    }

    @Override
    public void close() {
        emitter.close();
    }

    /** Rows and points by type, as one number each: they only grow by what is new. */
    private Map<String, Long> stored() {
        try (QueryClient query = connection.query()) {
            JsonNode counts = query.counts();
            counts.path("estimated").forEach(type -> estimated.add(type.asString("")));
            Map<String, Long> stored = new TreeMap<>();
            for (String store : List.of("postgres", "qdrant")) {
                counts.path(store).forEachEntry((type, number) -> stored.merge(type, number.asLong(0), Math::max));
            }
            return stored;
        }
    }
}
