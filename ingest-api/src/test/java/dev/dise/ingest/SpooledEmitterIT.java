package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The emitter and its spool on a real disk, with a producer that does as told. */
class SpooledEmitterIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final ScriptedProducer absent = ScriptedProducer.acknowledging().refusing(endlessly());
    private ArtifactEmitter emitter = ArtifactEmitterRig.idle();

    @AfterEach
    void close() {
        emitter.close(AT_ONCE);
    }

    @Test
    void whatKafkaDoesNotTakeIsSpooledAndDeliveredInOrderOnceItDoes() {
        use(() -> absent, 16 << 20);
        List<String> subjects = emit(0, 5000);
        await().until(() -> emitter.stats().spooled() == 5000);
        assertThat(emitter.stats().bufferedBytes()).isZero();
        absent.refuseNoMore();
        List<String> all =
                Stream.concat(subjects.stream(), emit(5000, 6000).stream()).toList();
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(absent.subjects()).isEqualTo(all);
        assertThat(emitter.stats()).isEqualTo(new EmitterStats(6000, 0, 6000, Map.of(), 0, 0, 0, 0));
    }

    @Test
    void whatKafkaDoesNotAcknowledgeIsSpooledButSentOnlyOnce() {
        ScriptedProducer silent = ScriptedProducer.silent();
        use(() -> silent, 1 << 20);
        emit(0, 100);
        await().until(() -> emitter.stats().spooled() == 100);
        emit(100, 200);
        await().until(() -> silent.subjects().size() == 200);
        while (silent.completeNext()) {
            // Everything that was sent is acknowledged now.
        }
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(silent.subjects()).isEqualTo(subjects(0, 200));
        assertThat(emitter.stats().delivered()).isEqualTo(200);
    }

    @Test
    void theNextEmitterDeliversWhatThisOneCouldNot() {
        use(() -> absent, 16 << 20);
        emit(0, 3000);
        FlushReport report = emitter.close(AT_ONCE);
        assertThat(report).isEqualTo(new FlushReport(0, 3000, Map.of(), List.of()));
        ScriptedProducer good = ScriptedProducer.acknowledging();
        use(() -> good, 16 << 20);
        emit(3000, 3010);
        await().until(() -> emitter.stats().delivered() == 3010);
        assertThat(good.subjects()).isEqualTo(subjects(0, 3010));
        assertThat(emitter.stats().recovered()).isEqualTo(3000);
    }

    @Test
    void aProducerThatBreaksLosesNothingAndKeepsTheOrder() {
        ScriptedProducer breaking = ScriptedProducer.silent();
        ScriptedProducer good = ScriptedProducer.acknowledging();
        use(oneAfterTheOther(breaking, good), 1 << 20);
        emit(0, 50);
        await().until(() -> breaking.subjects().size() == 50);
        breaking.completeNext();
        breaking.errorNext(new NetworkException("gone for good"));
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(good.subjects()).isEqualTo(subjects(1, 50));
    }

    @Test
    void whatTheBrokerForbidsWaitsUntilItDoesNot() {
        ScriptedProducer forbidding =
                ScriptedProducer.acknowledging().refusing(new TopicAuthorizationException("not yours"));
        use(oneAfterTheOther(forbidding, ScriptedProducer.acknowledging()), 1 << 20);
        emit(0, 3);
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(emitter.stats().lost()).isZero();
    }

    @Test
    void whatIsTooLargeForTheTopicIsDroppedAndHoldsUpNobody() {
        ScriptedProducer picky = ScriptedProducer.acknowledging().refusing(new RecordTooLargeException());
        use(() -> picky, 1 << 20);
        emit(0, 3);
        FlushReport report = emitter.flush(SOON);
        assertThat(report.dropped()).isEqualTo(Map.of(DropReason.TOO_LARGE, 1L));
        assertThat(report.undelivered()).isEqualTo(1);
        assertThat(picky.subjects()).contains("t1", "t2");
    }

    @ParameterizedTest
    @EnumSource
    void sendTellsThatAnEventIsSafeOnDisk(SpoolSettings.Fsync fsync) throws Exception {
        use(() -> absent, 1 << 20, settings().withFsync(fsync));
        Event event = Event.of("urn:s", log("t"));
        assertThat(emitter.send(event).get(20, TimeUnit.SECONDS)).isEqualTo(new Receipt.InSpool(event.envelope()));
    }

    @Test
    void aFullSpoolRefusesTheNewAndKeepsTheOld() {
        use(() -> absent, 1 << 20, settings().withMaxBytes(SpoolSettings.LEAST_BYTES));
        String text = "x".repeat(20_000);
        await().until(() -> {
            IntStream.range(0, 100).forEach(i -> emitter.emit(Log.of("t", LogLevel.INFO, text)));
            return emitter.stats().dropped().getOrDefault(DropReason.SPOOL_FULL, 0L) > 100;
        });
        EmitterStats stats = emitter.stats();
        assertThat(stats.accepted()).isEqualTo(stats.spooled() + stats.buffered() + stats.lost());
        absent.refuseNoMore();
        await().until(() -> emitter.stats().delivered() >= stats.accepted() - stats.lost());
    }

    @Test
    void aSpoolThatCannotBeOpenedLeavesTheEventsInMemory() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        use(() -> absent, 100_000, SpoolSettings.in(file));
        await().until(() -> {
            emit(0, 300);
            return emitter.stats().dropped().containsKey(DropReason.SPOOL_FAILED);
        });
        absent.refuseNoMore();
        EmitterStats stats = emitter.stats();
        await().until(() -> emitter.stats().delivered() >= stats.accepted() - stats.lost());
    }

    @Test
    void aDamagedEventIsCountedAndTheOthersArrive() throws Exception {
        use(() -> absent, 1 << 20);
        emit(0, 20);
        emitter.close(AT_ONCE);
        Path segment = segment();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        ScriptedProducer good = ScriptedProducer.acknowledging();
        use(() -> good, 1 << 20);
        await().until(() -> emitter.stats().delivered() == 20);
        assertThat(emitter.stats().recovered()).isEqualTo(20);
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.SPOOL_DAMAGED, 1L));
        assertBalanced();
        assertThat(good.subjects()).contains(LossReports.TOOL_ID);
    }

    @Test
    void aSpoolThatIsDamagedWhileItIsUsedLosesOnlyWhatIsDamaged() throws Exception {
        use(() -> absent, 4 << 20);
        IntStream.range(0, 2000).forEach(i -> emitter.emit(Log.of("t" + i, LogLevel.INFO, "x".repeat(1000))));
        await().until(() -> emitter.stats().spooled() == 2000);
        try (RandomAccessFile segment = new RandomAccessFile(segment().toFile(), "rw")) {
            // Far behind what was read already.
            segment.seek(segment.length() - 500);
            segment.writeInt(0);
        }
        absent.refuseNoMore();
        await().until(() -> emitter.stats().dropped().containsKey(DropReason.SPOOL_DAMAGED));
        await().until(() -> absent.subjects().contains(LossReports.TOOL_ID));
        assertThat(emitter.flush(SOON).spooled()).isZero();
        assertBalanced();
        assertThat(emitter.stats().lost()).isEqualTo(1);
    }

    @Test
    void closingTriesOnceMoreToSaveWhatTheDiskDidNotTake() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        use(() -> absent, 1 << 20, SpoolSettings.in(file));
        emit(0, 20);
        await().until(() -> emitter.stats().buffered() == 20);
        Files.delete(file);
        assertThat(emitter.close(AT_ONCE)).isEqualTo(new FlushReport(0, 20, Map.of(), List.of()));
    }

    @Test
    void whoClosesWhileBeingInterruptedStillSavesWhatIsInMemory() {
        use(() -> absent, 1 << 20);
        emit(0, 200);
        Thread.currentThread().interrupt();
        FlushReport report = emitter.close(SOON);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report).isEqualTo(new FlushReport(0, 200, Map.of(), List.of()));
        assertBalanced();
    }

    @Test
    void waitsWithoutBurningTheProcessorWhileTheSpoolIsFull() {
        use(() -> absent, 1 << 20, settings().withMaxBytes(SpoolSettings.LEAST_BYTES));
        String text = "x".repeat(20_000);
        await().until(() -> {
            IntStream.range(0, 100).forEach(i -> emitter.emit(Log.of("t", LogLevel.INFO, text)));
            return emitter.stats().dropped().getOrDefault(DropReason.SPOOL_FULL, 0L) > 100;
        });
        long before = processorNanos();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> true);
        assertThat(Duration.ofNanos(processorNanos() - before)).isLessThan(Duration.ofMillis(700));
    }

    @Test
    void whatIsWrittenIsForcedWithinTheIntervalAlsoWhenNothingElseHappens() {
        use(() -> absent, 1 << 20);
        emit(0, 1);
        await().until(() -> emitter.stats().spooled() == 1);
        // The first may come when forcing is due anyway.
        nanosUntilSafe();
        long quickest =
                IntStream.range(0, 4).mapToLong(i -> nanosUntilSafe()).min().orElseThrow();
        assertThat(Duration.ofNanos(quickest)).isLessThan(SpoolSettings.INTERVAL.multipliedBy(3));
    }

    @Test
    void moreThanFitsInMemoryFromManyThreadsIsAllAccountedFor() {
        use(() -> absent, 32 << 20);
        IntStream.range(0, 8)
                .parallel()
                .forEach(thread -> IntStream.range(0, 20_000).forEach(i -> emitter.emit(log("t" + thread))));
        absent.refuseNoMore();
        // On a machine that is busy with other things, memory may be full for longer than a caller waits.
        long lost = emitter.flush(SOON).lost();
        assertThat(lost).isLessThan(16_000);
        await().untilAsserted(() -> {
            EmitterStats stats = emitter.stats();
            assertThat(stats.delivered() + stats.lost()).isEqualTo(stats.accepted());
            assertThat(stats.spooled()).isZero();
        });
        assertThat(emitter.stats().accepted()).isGreaterThanOrEqualTo(160_000);
    }

    /** The next event, which comes when the one before is safe and nothing is to be done. */
    private long nanosUntilSafe() {
        long start = System.nanoTime();
        assertThat(emitter.send(Event.of("urn:s", log("t")))).succeedsWithin(SOON);
        return System.nanoTime() - start;
    }

    /** What all threads of emitters have used. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("dise-emitter"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }

    private void assertBalanced() {
        EmitterStats stats = emitter.stats();
        assertThat(stats.accepted() + stats.recovered())
                .as(stats.toString())
                .isEqualTo(stats.delivered() + stats.lost() + stats.buffered() + stats.spooled());
    }

    private void use(Supplier<Producer<byte[], byte[]>> producers, long bufferBytes) {
        use(producers, bufferBytes, settings());
    }

    private void use(Supplier<Producer<byte[], byte[]>> producers, long bufferBytes, SpoolSettings spool) {
        emitter.close(AT_ONCE);
        emitter = ArtifactEmitterRig.emitter(producers, bufferBytes, new Overflow.Spool(spool));
    }

    private SpoolSettings settings() {
        return SpoolSettings.in(folder.resolve("spool"));
    }

    private Path segment() throws java.io.IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> emit(int from, int to) {
        List<String> subjects = subjects(from, to);
        subjects.forEach(subject -> emitter.emit(log(subject)));
        return subjects;
    }

    private static List<String> subjects(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "t" + i).toList();
    }

    private static Log log(String toolId) {
        return Log.of(toolId, LogLevel.INFO, "m");
    }

    private static Supplier<Producer<byte[], byte[]>> oneAfterTheOther(ScriptedProducer... producers) {
        Iterator<ScriptedProducer> each = List.of(producers).iterator();
        return each::next;
    }

    private static TimeoutException[] endlessly() {
        return IntStream.range(0, 100_000).mapToObj(i -> new TimeoutException()).toArray(TimeoutException[]::new);
    }
}
