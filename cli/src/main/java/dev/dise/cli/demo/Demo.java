package dev.dise.cli.demo;

import dev.dise.cli.terminal.Settling;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.DeadLetterTally;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** Runs the demo: a stack of its own, events, the wait, the books. */
public final class Demo {
    private static final String QUESTION = "turn text into speech";
    /** The whole burst and more: the demo's tool never waits and loses nothing. */
    private static final long BUFFER_BYTES = 128L * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 42;

    private final Path folder;
    private final DiseConfig config;
    private final int logs;
    private final PrintWriter progress;
    private final String runId = EventIds.next();

    public Demo(Path folder, DiseConfig config, int logs, PrintWriter progress) {
        this.folder = folder;
        this.config = config;
        this.logs = logs;
        this.progress = progress;
    }

    /** Runs it all; the stack is stopped at the end, its folder stays for whoever wants to look. */
    public DemoReport run() throws IOException, InterruptedException {
        Folders.empty(folder);
        long begun = System.nanoTime();
        progress.println("starting Kafka, PostgreSQL, the vector store and all services in this process …");
        try (LocalStack stack = LocalStack.start(StackOptions.in(folder, config))) {
            Duration ready = since(begun);
            progress.printf("ready after %.1f s; emitting …%n", ready.toMillis() / 1000.0);
            return observe(stack, ready, begun);
        }
    }

    private DemoReport observe(LocalStack stack, Duration ready, long begun) throws InterruptedException {
        long emitting = System.nanoTime();
        Emitted emitted = emit(stack);
        try (Line line = new Line(stack.config());
                QueryClient query = new QueryClient(stack.queryAddress())) {
            boolean settled = new Settling(line, progress, PATIENCE, stack.health()::isLive).await("storing");
            Duration visible = since(emitting);
            List<DeadLetterTally.Letter> letters =
                    DeadLetterTally.ofRun(stack.config().kafka(), runId);
            Account account = Account.of(emitted.expected(), query.counts(runId), letters);
            JsonNode hits = query.get(
                    "/v1/artifacts/similar",
                    Map.of("text", List.of(QUESTION), "limit", List.of("3"), "type", List.of("tool")));
            JsonNode aggregates = query.get("/v1/performance/aggregates", Map.of("metric_name", List.of("latency_ms")));
            Figures figures =
                    new Figures(ready, visible, since(begun), emitted.burst(), emitted.undelivered(), memory());
            return new DemoReport(runId, settled, account, letters, QUESTION, hits, aggregates, figures);
        }
    }

    private Emitted emit(LocalStack stack) {
        try (ArtifactEmitter emitter = ArtifactEmitter.builder()
                .bootstrapServers(stack.config().kafka().bootstrapServers())
                .source("urn:dise:demo")
                .runId(runId)
                .bufferBytes(BUFFER_BYTES)
                .spool(folder.resolve("spool"))
                .build()) {
            DemoEvents events = new DemoEvents(emitter::emit, new SplittableRandom(SEED));
            events.emit();
            Burst burst = Burst.emit(logs, emitter::emit);
            events.count(EventType.LOG, new Expected(logs, logs, 0, 0));
            Garbage.write(stack.config().kafka(), runId);
            long undelivered = emitter.flush(PATIENCE).undelivered();
            return new Emitted(events.expected(), burst, undelivered);
        }
    }

    /** What was emitted, and what of it Kafka did not take. */
    private record Emitted(Map<EventType, Expected> expected, Burst burst, long undelivered) {}

    private long memory() {
        return ProcessTree.mebibytes(folder).orElse(0);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
