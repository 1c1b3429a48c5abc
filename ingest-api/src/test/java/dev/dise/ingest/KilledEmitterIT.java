package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.EmittingProcess.Life;
import dev.dise.ingest.spool.SpoolSettings.Fsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emitters that are killed, and brokers that are frozen or killed. More deaths: {@code -Ddise.kills=50}; the same again:
 * {@code -Ddise.seed=…}.
 */
class KilledEmitterIT {
    private static final Logger log = LoggerFactory.getLogger(KilledEmitterIT.class);
    private static final long SEED = Long.getLong("dise.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("dise.kills", 6);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_LIFE_MILLIS = 1500;

    private static final int THREADS = 8;
    private static final long BUFFER_BYTES = 2 << 20;
    private static final Duration HUNG = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static BrokerProcess broker;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void startBroker() {
        log.atInfo().addKeyValue("dise.seed", SEED).log("seed of this run");
        broker = BrokerProcess.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void whatWasCalledSafeArrivesHoweverOftenTheProcessIsKilled() throws Exception {
        EmittedEvents events = new EmittedEvents("lives");
        Path spool = folder.resolve("spool-of-lives");
        for (int death = 0; death < KILLS; death++) {
            Fsync fsync = death % 2 == 0 ? Fsync.ALWAYS : Fsync.INTERVAL;
            switch (death % 3) {
                case 0 -> live(new Life(broker.bootstrapServers(), spool, fsync, death, "lives"), false, events);
                case 1 -> live(Life.alone(spool, fsync, death, "lives"), false, events);
                default -> live(new Life(broker.bootstrapServers(), spool, fsync, death, "lives"), true, events);
            }
        }
        settle(spool);
        EmittedEvents.Counts counts = events.check(broker.events());
        log.atInfo().addKeyValue("kills", KILLS).addKeyValue("counts", counts).log("emitter killed");
    }

    @Test
    void twoProcessesShareAFolderAndTheNextTakesWhatBothLeft() throws Exception {
        EmittedEvents events = new EmittedEvents("twins");
        Path spool = folder.resolve("spool-of-two");
        try (EmittingProcess one = EmittingProcess.start(folder, Life.alone(spool, Fsync.ALWAYS, 0, "twins1-"));
                EmittingProcess two = EmittingProcess.start(folder, Life.alone(spool, Fsync.INTERVAL, 0, "twins2-"))) {
            await().atMost(PATIENCE).until(() -> one.hasCalledSafe() && two.hasCalledSafe());
            assertThat(segmentsOf(spool, "slot-0")).isPositive();
            assertThat(segmentsOf(spool, "slot-1")).isPositive();
            one.kill(events);
            two.kill(events);
        }
        assertThat(events.safe()).anyMatch(id -> id.startsWith("twins1")).anyMatch(id -> id.startsWith("twins2"));
        settle(spool);
        events.check(broker.events());
        assertThat(segmentsOf(spool, "slot-0") + segmentsOf(spool, "slot-1")).isZero();
    }

    @Test
    void aBrokerThatIsFrozenAndThenKilledHoldsUpNobodyAndCostsNothing() throws Exception {
        EmittedEvents events = new EmittedEvents("thread");
        try (ArtifactEmitter emitter = emitter(folder.resolve("spool-of-one"))) {
            AtomicBoolean ended = new AtomicBoolean();
            AtomicLong longestNanos = new AtomicLong();
            List<CompletableFuture<Void>> threads = IntStream.range(0, THREADS)
                    .mapToObj(thread -> CompletableFuture.runAsync(
                            () -> emit(emitter, "thread" + thread, events, ended, longestNanos),
                            task -> new Thread(task).start()))
                    .toList();
            await().atMost(PATIENCE).until(() -> emitter.stats().delivered() > 1000);
            broker.freeze();
            await().atMost(PATIENCE).until(() -> emitter.stats().spooled() > 5000);
            broker.thaw();
            long frozen = emitter.stats().accepted();
            await().atMost(PATIENCE).until(() -> emitter.stats().delivered() > frozen);
            broker.kill();
            await().atMost(PATIENCE).until(() -> emitter.stats().spooled() > 5000);
            broker.startAgain();
            ended.set(true);
            for (CompletableFuture<Void> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
            assertThat(emitter.flush(PATIENCE).isComplete())
                    .as(emitter.stats().toString())
                    .isTrue();
            EmittedEvents.Counts counts = events.check(broker.events());
            log.atInfo()
                    .addKeyValue("counts", counts)
                    .addKeyValue("longestEmitMillis", longestNanos.get() / 1_000_000)
                    .log("broker frozen and killed");
            assertThat(counts.duplicates()).isZero();
            assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(HUNG);
        }
    }

    /** All of it counts as safe: nothing may be lost here. */
    private static void emit(
            ArtifactEmitter emitter, String key, EmittedEvents events, AtomicBoolean ended, AtomicLong longestNanos) {
        for (long number = 0; !ended.get(); number++) {
            String id = EmittedEvents.id(key, number);
            events.isAttempted(id);
            events.isSafe(id);
            long start = System.nanoTime();
            emitter.emit(EmittedEvents.event(key, number));
            longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            assertThat(emitter.stats().bufferedBytes()).isLessThanOrEqualTo(BUFFER_BYTES);
            pause(Duration.ofMillis(1));
        }
    }

    private void live(Life life, boolean freezes, EmittedEvents events) throws IOException {
        try (EmittingProcess process = EmittingProcess.start(folder, life)) {
            await().atMost(PATIENCE).until(process::emits);
            pause(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
            if (freezes) {
                broker.freeze();
                pause(Duration.ofMillis(random.nextInt(2 * LONGEST_LIFE_MILLIS)));
            }
            process.kill(events);
        } finally {
            broker.thaw();
        }
    }

    /** The last life, which delivers what the others left. A record that a kill has torn was not called safe. */
    private static void settle(Path spool) throws Exception {
        try (ArtifactEmitter emitter = emitter(spool)) {
            // Nothing is sent before the spool is open.
            emitter.send(EmittedEvents.event("last", 0)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            FlushReport report = emitter.flush(PATIENCE);
            assertThat(report.pending() + report.spooled()).isZero();
            assertThat(emitter.stats().dropped().keySet()).isSubsetOf(DropReason.SPOOL_DAMAGED);
        }
    }

    private static ArtifactEmitter emitter(Path spool) {
        return ArtifactEmitter.builder()
                .bootstrapServers(broker.bootstrapServers())
                .source("urn:dise:test:last")
                .bufferBytes(BUFFER_BYTES)
                .spool(spool)
                .build();
    }

    private static long segmentsOf(Path spool, String slot) throws IOException {
        Path part = spool.resolve(slot);
        if (!Files.isDirectory(part)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(part)) {
            return files.filter(file -> file.toString().endsWith(".spool")).count();
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
