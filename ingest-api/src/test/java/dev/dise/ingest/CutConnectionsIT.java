package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.FreePort;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.runtime.sink.TopicReader;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that break anywhere in Kafka's frames. More of them: {@code -Ddise.cuts=1000}; the same again: {@code
 * -Ddise.seed=…}.
 */
class CutConnectionsIT {
    private static final Logger log = LoggerFactory.getLogger(CutConnectionsIT.class);
    private static final long SEED = Long.getLong("dise.seed", System.nanoTime());
    private static final int CUTS = Integer.getInteger("dise.cuts", 120);
    private static final Duration PATIENCE = Duration.ofSeconds(60 + CUTS);
    private static final int THREADS = 4;

    @TempDir
    Path folder;

    private final EmittedEvents events = new EmittedEvents("key");

    @Test
    void eachEventArrivesOnceAndInOrderThroughConnectionsThatAreCut() throws Exception {
        log.atInfo().addKeyValue("dise.seed", SEED).log("seed of this run");
        int port = FreePort.find();
        try (CuttingProxy proxy = new CuttingProxy(port, SEED);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), port, proxy.port())) {
            KafkaConfig config = new KafkaConfig(kafka.bootstrapServers(), Map.of(), 3, 1);
            TopicSetup.ensure(config);
            try (ArtifactEmitter emitter = emitter(proxy.port())) {
                emitWhileCutting(emitter, proxy);
                assertThat(emitter.flush(PATIENCE).isComplete())
                        .as(emitter.stats().toString())
                        .isTrue();
            }
            EmittedEvents.Counts counts = events.check(new TopicReader(new KafkaClients(config)).read(Topic.EVENTS));
            log.atInfo()
                    .addKeyValue("cuts", proxy.cuts())
                    .addKeyValue("counts", counts)
                    .log("connections cut");
            assertThat(counts.duplicates()).isZero();
        }
    }

    private void emitWhileCutting(ArtifactEmitter emitter, CuttingProxy proxy) throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        proxy.cut(true);
        List<CompletableFuture<Void>> threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> emit(emitter, "key" + thread, ended), task -> new Thread(task).start()))
                .toList();
        await().atMost(PATIENCE).until(() -> proxy.cuts() >= CUTS);
        ended.set(true);
        for (CompletableFuture<Void> thread : threads) {
            thread.get(60, TimeUnit.SECONDS);
        }
        proxy.cut(false);
    }

    private void emit(ArtifactEmitter emitter, String key, AtomicBoolean ended) {
        for (long number = 0; !ended.get(); number++) {
            String id = EmittedEvents.id(key, number);
            events.isAttempted(id);
            events.isSafe(id);
            emitter.emit(EmittedEvents.event(key, number));
            LockSupport.parkNanos(1_000_000);
        }
    }

    private ArtifactEmitter emitter(int port) {
        return ArtifactEmitter.builder()
                .bootstrapServers("127.0.0.1:" + port)
                .source("urn:dise:test")
                .spool(folder.resolve("spool"))
                .property("reconnect.backoff.ms", "5")
                .property("reconnect.backoff.max.ms", "20")
                .property("retry.backoff.ms", "5")
                .property("retry.backoff.max.ms", "20")
                .build();
    }
}
