package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool on a disk that fills up while Kafka is away. */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TEXT = "x".repeat(20_000);

    @TempDir
    Path folder;

    private final ScriptedProducer kafka = ScriptedProducer.acknowledging()
            .refusing(IntStream.range(0, 100_000)
                    .mapToObj(i -> new TimeoutException())
                    .toArray(Throwable[]::new));
    private final Map<String, CompletableFuture<Receipt>> answers = new LinkedHashMap<>();
    private SmallDisk disk;
    private ArtifactEmitter emitter = ArtifactEmitterRig.idle();

    @BeforeEach
    void fill() throws IOException {
        disk = SmallDisk.mount(folder.resolve("disk"), 16);
        disk.fillUpTo(4);
        emitter.close();
        emitter = ArtifactEmitterRig.emitter(
                () -> kafka,
                1 << 20,
                new Overflow.Spool(SpoolSettings.in(disk.folder().resolve("spool"))));
        await().atMost(PATIENCE).until(() -> {
            send(50);
            return refused() > 100;
        });
    }

    @AfterEach
    void close() throws IOException {
        emitter.close(Duration.ofMillis(20));
        disk.close();
    }

    @Test
    void theOldIsKeptTheNewIsCountedAndAllIsWellOnceThereIsSpace() throws IOException {
        long before = emitter.stats().spooled();
        assertThat(before).isGreaterThan(100);
        disk.free();
        await().atMost(PATIENCE).until(() -> {
            send(5);
            return emitter.stats().spooled() > before + 100;
        });
        kafka.refuseNoMore();
        assertAllArrives();
    }

    @Test
    void theSpoolEmptiesItselfWhenKafkaIsBackThoughTheDiskStaysFull() {
        kafka.refuseNoMore();
        assertAllArrives();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            String id = Integer.toString(answers.size());
            Event event = Event.of(id, "urn:s", Instant.EPOCH, Log.of("t", LogLevel.INFO, TEXT));
            answers.put(id, emitter.send(event));
        }
    }

    private long refused() {
        return emitter.stats().dropped().getOrDefault(DropReason.SPOOL_FAILED, 0L);
    }

    /** But for what was refused, and in order. */
    private void assertAllArrives() {
        FlushReport report = emitter.flush(PATIENCE);
        assertThat(report.pending() + report.spooled()).isZero();
        List<String> kept = new ArrayList<>();
        answers.forEach((id, answer) -> {
            // All are settled, but some may not be told yet.
            if (answer.handle((receipt, failure) -> failure == null)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join()) {
                kept.add(id);
            }
        });
        List<String> arrived = kafka.history().stream()
                .filter(sent -> !new String(sent.key(), UTF_8).equals(LossReports.TOOL_ID))
                .map(sent ->
                        new String(sent.headers().lastHeader(EnvelopeHeaders.ID).value(), UTF_8))
                .toList();
        assertThat(arrived).isEqualTo(kept);
        EmitterStats stats = emitter.stats();
        assertThat(stats.dropped()).containsOnlyKeys(DropReason.SPOOL_FAILED);
        assertThat(stats.lost()).isEqualTo(answers.size() - kept.size());
    }
}
