package dev.dise.bench.emit;

import dev.dise.bench.Repeated;
import dev.dise.bench.Waiting;
import dev.dise.cli.bench.Figure;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.EmitterStats;
import dev.dise.schemas.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The measuring process: emits beside a broker of its own, and writes what it found to a file. */
public final class EmitProbe {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS = 3;
    private static final int MANY_THREADS = 8;
    /** Of the calls whose time counts: a tool that logs heavily, with room left for the broker on the same two cores. */
    private static final int PACE = 10_000;

    private static final int PACED_CALLS = 100_000;
    private static final int LIVE_PER_SECOND = 5_000;
    private static final double GOAL_MICROS = 20;
    private static final double GOAL_WORST_MICROS = 5_000;
    private static final double GOAL_PER_SECOND = 250_000;

    private final Path folder;
    private final int events;
    private final List<Figure> figures = new ArrayList<>();
    private BrokerChild broker;
    private long lost;

    private EmitProbe(Path folder, int events, BrokerChild broker) {
        this.folder = folder;
        this.events = events;
        this.broker = broker;
    }

    /** A folder for the data, how many events a loop has, and the file of the results. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        BrokerChild broker = BrokerChild.start(folder.resolve("broker"), 0);
        EmitProbe probe = new EmitProbe(folder, Integer.parseInt(args[1]), broker);
        try {
            probe.up();
            probe.frozen();
            probe.down();
            probe.figures.add(Figure.countOfAtMost(0, "emit_lost", probe.lost, "events"));
        } finally {
            probe.broker.close();
        }
        Files.write(Path.of(args[2]), Json.encode(probe.figures));
    }

    private void up() throws Exception {
        try (ArtifactEmitter emitter = emitter("up")) {
            EmitLoop loop = new EmitLoop(emitter);
            // Half a minute of a process is its compiler's, whatever it runs.
            loop.run(1, 2 * events, EmitLoop.UNPACED);
            loop.run(MANY_THREADS, PACED_CALLS, PACE);
            emitter.flush(PATIENCE);
            times("up", loop);
            awaitDelivery(emitter);
        }
        Repeated calls = new Repeated();
        Repeated delivered = new Repeated();
        Repeated bare = new Repeated();
        for (int round = 0; round < ROUNDS; round++) {
            bare.add(BareProducer.perSecond(broker.bootstrapServers(), events));
            try (ArtifactEmitter emitter = emitter("rate-" + round)) {
                long start = System.nanoTime();
                calls.add(new EmitLoop(emitter).run(1, events, EmitLoop.UNPACED).perSecond());
                awaitDelivery(emitter);
                delivered.add(events / ((System.nanoTime() - start) / 1e9));
            }
        }
        figures.add(new Figure(
                "emit_calls_per_s",
                Math.round(calls.median()),
                "events/s",
                GOAL_PER_SECOND,
                calls.median() >= GOAL_PER_SECOND));
        figures.add(Figure.rate("emit_delivered_per_s", delivered.median(), "events/s"));
        figures.add(Figure.rate("bare_producer_per_s", bare.median(), "events/s"));
        figures.add(Figure.ratioOfAtLeast(0.5, "emit_vs_bare_producer", calls.median() / bare.median()));
        figures.add(Figure.ratio("emit_delivered_vs_bare_producer", delivered.median() / bare.median()));
    }

    private void frozen() throws Exception {
        try (ArtifactEmitter emitter = emitter("frozen")) {
            EmitLoop loop = new EmitLoop(emitter);
            CompletableFuture<Void> freezing = CompletableFuture.runAsync(
                    this::freeze, CompletableFuture.delayedExecutor(3, java.util.concurrent.TimeUnit.SECONDS));
            try {
                times("frozen", loop);
                freezing.join();
            } finally {
                broker.thaw();
            }
            awaitDelivery(emitter);
        }
    }

    private void down() throws Exception {
        int port = broker.port();
        broker.close();
        try (ArtifactEmitter emitter = emitter("down")) {
            EmitLoop loop = new EmitLoop(emitter);
            times("down", loop);
            loop.run(1, events, EmitLoop.UNPACED);
            Waiting.until("all is spooled", PATIENCE, () -> emitter.stats().buffered() == 0);
            broker = BrokerChild.start(folder.resolve("broker"), port);
            figures.addAll(drain(emitter, loop));
            awaitDelivery(emitter);
        }
    }

    /** What leaves the spool in a second while new events keep coming. */
    private static List<Figure> drain(ArtifactEmitter emitter, EmitLoop loop) throws Exception {
        Waiting.until("the line is back", PATIENCE, () -> emitter.stats().delivered() > 0);
        CompletableFuture<CallTimes> live = CompletableFuture.supplyAsync(() -> live(loop));
        EmitterStats before = emitter.stats();
        long start = System.nanoTime();
        Waiting.until(
                "the spool is empty",
                PATIENCE,
                Duration.ofMillis(2),
                () -> emitter.stats().spooled() < LIVE_PER_SECOND / 10);
        double seconds = (System.nanoTime() - start) / 1e9;
        double perSecond = (emitter.stats().delivered() - before.delivered()) / seconds;
        live.join();
        return List.of(
                Figure.rate("drain_per_s", perSecond, "events/s"),
                Figure.ratioOfAtLeast(5, "drain_vs_live_5000", perSecond / LIVE_PER_SECOND));
    }

    private static CallTimes live(EmitLoop loop) {
        try {
            return loop.run(1, 6 * LIVE_PER_SECOND, LIVE_PER_SECOND);
        } catch (Exception e) {
            throw new IllegalStateException("the live traffic failed", e);
        }
    }

    private void times(String state, EmitLoop loop) throws Exception {
        CallTimes one = loop.run(1, PACED_CALLS, PACE);
        CallTimes many = loop.run(MANY_THREADS, PACED_CALLS, PACE);
        add("", state, one);
        add("_8_threads", state, many);
    }

    private void add(String threads, String state, CallTimes times) {
        String suffix = "_us_" + state + threads;
        figures.add(new Figure("emit_p50" + suffix, rounded(times.micros(0.5)), "µs", null, null));
        figures.add(atMost(GOAL_MICROS, "emit_p99" + suffix, times.micros(0.99)));
        figures.add(new Figure("emit_p999" + suffix, rounded(times.micros(0.999)), "µs", null, null));
        figures.add(atMost(GOAL_WORST_MICROS, "emit_worst" + suffix, times.micros(1)));
    }

    private static Figure atMost(double goal, String name, double micros) {
        return new Figure(name, rounded(micros), "µs", goal, micros <= goal);
    }

    private static double rounded(double micros) {
        return Math.round(micros * 10) / 10.0;
    }

    private ArtifactEmitter emitter(String name) {
        return ArtifactEmitter.builder()
                .bootstrapServers(broker.bootstrapServers())
                .source("urn:dise:bench")
                .spool(folder.resolve("spool").resolve(name))
                .closesAtExit(false)
                .build();
    }

    private void awaitDelivery(ArtifactEmitter emitter) {
        emitter.flush(PATIENCE);
        EmitterStats stats = emitter.stats();
        lost += stats.lost();
        if (stats.delivered() + stats.lost() != stats.accepted()) {
            throw new IllegalStateException("not every event was delivered: " + stats);
        }
    }

    private void freeze() {
        try {
            broker.freeze();
        } catch (Exception e) {
            throw new IllegalStateException("the broker could not be frozen", e);
        }
    }
}
