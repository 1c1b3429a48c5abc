package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.EmittingProcess.Life;
import dev.dise.ingest.spool.Spool;
import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.ingest.spool.SpoolSettings.Fsync;
import dev.dise.ingest.spool.StoredRecord;
import dev.dise.schemas.EnvelopeHeaders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a power cut may do to the end of a file. The same again: {@code -Ddise.seed=…}. */
class DamagedTailIT {
    private static final Logger log = LoggerFactory.getLogger(DamagedTailIT.class);
    private static final long SEED = Long.getLong("dise.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 5;
    private static final int TAIL_BYTES = 5_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final EmittedEvents events = new EmittedEvents("tail");

    /** A record of the segment, and where it ends. */
    private record Place(String id, long from, long to) {}

    private enum Damage {
        CUT_OFF,
        ZEROES,
        FLIPPED_BIT
    }

    @Test
    void exactlyWhatIsDamagedIsLostAndThatIsReported() throws Exception {
        log.atInfo().addKeyValue("dise.seed", SEED).log("seed of this run");
        Path segment = segmentOfAKilledProcess();
        List<Place> places = places(segment);
        assertThat(places).extracting(Place::id).containsAll(events.safe());
        for (int round = 0; round < ROUNDS; round++) {
            for (Damage damage : Damage.values()) {
                check(damage, segment, places, folder.resolve(damage + "-" + round));
            }
        }
    }

    private void check(Damage damage, Path segment, List<Place> places, Path spool) throws IOException {
        Path copy = copy(segment, spool);
        long end = Files.size(copy);
        long from = end - 1 - random.nextInt(TAIL_BYTES);
        long to = damage == Damage.FLIPPED_BIT ? from + 1 : end;
        apply(damage, copy, from, end);
        List<String> intact = places.stream()
                .filter(place -> place.to() <= from || place.from() >= to)
                .map(Place::id)
                .toList();
        // Nothing shows where it is cut off between two records.
        boolean shows = damage != Damage.CUT_OFF || places.stream().noneMatch(place -> place.to() == from);
        ScriptedProducer kafka = ScriptedProducer.acknowledging();
        try (ArtifactEmitter emitter =
                ArtifactEmitterRig.emitter(() -> kafka, 1 << 20, new Overflow.Spool(SpoolSettings.in(spool)))) {
            await().atMost(PATIENCE).until(() -> emitter.stats().delivered() >= intact.size());
            assertThat(emitter.flush(PATIENCE).spooled()).isZero();
            assertThat(ids(kafka)).as("%s, seed %d", damage, SEED).isEqualTo(intact);
            assertThat(emitter.stats().dropped())
                    .as("%s, seed %d", damage, SEED)
                    .isEqualTo(shows ? Map.of(DropReason.SPOOL_DAMAGED, 1L) : Map.of());
        }
    }

    private void apply(Damage damage, Path file, long from, long end) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            switch (damage) {
                case CUT_OFF -> bytes.setLength(from);
                case ZEROES -> {
                    bytes.seek(from);
                    bytes.write(new byte[(int) (end - from)]);
                }
                case FLIPPED_BIT -> {
                    bytes.seek(from);
                    int value = bytes.read();
                    bytes.seek(from);
                    bytes.write(value ^ 1 << random.nextInt(8));
                }
            }
        }
    }

    private Path segmentOfAKilledProcess() throws IOException {
        Path spool = folder.resolve("spool");
        try (EmittingProcess process = EmittingProcess.start(folder, Life.alone(spool, Fsync.ALWAYS, 0, "tail"))) {
            await().atMost(PATIENCE).until(process::hasCalledSafe);
            process.kill(events);
        }
        try (Stream<Path> files = Files.list(spool.resolve("slot-0"))) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Its records one after the other; what the kill itself has torn is cut off. */
    private List<Place> places(Path segment) throws IOException {
        List<Place> places = new ArrayList<>();
        long at = 0;
        Path copy = folder.resolve("to-read");
        copy(segment, copy);
        try (Spool spool = Spool.open(SpoolSettings.in(copy))) {
            while (!spool.isRead()) {
                for (StoredRecord record : spool.read()) {
                    long from = at;
                    at += Spool.sizeOf(record.payload());
                    String id = Objects.requireNonNull(SpooledEvent.decode(record.payload()))
                            .envelope()
                            .id();
                    places.add(new Place(id, from, at));
                }
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(segment.toFile(), "rw")) {
            bytes.setLength(at);
        }
        return places;
    }

    private static Path copy(Path segment, Path spool) throws IOException {
        Path copy = Files.createDirectories(spool.resolve("slot-0")).resolve(segment.getFileName());
        return Files.copy(segment, copy);
    }

    private static List<String> ids(ScriptedProducer kafka) {
        return kafka.history().stream()
                .map(sent ->
                        new String(sent.headers().lastHeader(EnvelopeHeaders.ID).value(), UTF_8))
                .filter(id -> id.startsWith("tail"))
                .toList();
    }
}
