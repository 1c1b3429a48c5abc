package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtifactEmitterTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    private final AtomicLong now = new AtomicLong();
    private final ScriptedProducer silent = ScriptedProducer.silent();
    private ArtifactEmitter emitter = emitter(() -> silent, 1 << 20);

    @AfterEach
    void close() {
        emitter.close(AT_ONCE);
    }

    @Test
    void deliversInTheOrderOfEmission() {
        ScriptedProducer producer = ScriptedProducer.acknowledging();
        use(() -> producer);
        List<String> subjects = IntStream.range(0, 1000).mapToObj(i -> "t" + i).toList();
        subjects.forEach(subject -> emitter.emit(log(subject)));
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(producer.subjects()).isEqualTo(subjects);
        assertThat(emitter.stats()).isEqualTo(new EmitterStats(1000, 0, 1000, Map.of(), 0, 0, 0, 0));
    }

    @Test
    void sendTellsWhereKafkaHasTheEvent() throws Exception {
        use(ScriptedProducer::acknowledging);
        Event event = event("t");
        Receipt receipt = emitter.send(event).get(10, TimeUnit.SECONDS);
        assertThat(receipt).isEqualTo(new Receipt.InKafka(event.envelope(), "dise.events", 0, 0));
    }

    @Test
    void codeOfCallersNeverRunsOnTheThreadThatAcknowledges() throws Exception {
        CompletableFuture<Thread> answered = emitter.send(event("t")).thenApply(receipt -> Thread.currentThread());
        await().until(silent::completeNext);
        assertThat(answered.get(10, TimeUnit.SECONDS).getName()).isEqualTo("dise-emitter-answers");
    }

    @Test
    void dropsWhatDoesNotFitAndTakesMoreOnceThereIsRoom() {
        use(() -> silent, 3 * (Pending.OVERHEAD_BYTES + 100));
        IntStream.range(0, 5).forEach(i -> emitter.emit(log("t" + i)));
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.BUFFER_FULL, 2L));
        assertThat(emitter.stats().bufferedBytes()).isLessThanOrEqualTo(3 * (Pending.OVERHEAD_BYTES + 100));
        await().until(silent::completeNext);
        emitter.emit(log("t5"));
        await().untilAsserted(() -> assertThat(silent.subjects()).containsExactly("t0", "t1", "t2", "t5"));
    }

    @Test
    void flushSaysWhatIsPendingAndWhatWasDropped() {
        Event lost = event("a");
        Event late = event("b");
        emitter.emit(lost);
        emitter.emit(late);
        await().until(() -> silent.errorNext(new RecordTooLargeException()));
        FlushReport report = emitter.flush(AT_ONCE);
        assertThat(report)
                .isEqualTo(new FlushReport(
                        1,
                        0,
                        Map.of(DropReason.TOO_LARGE, 1L),
                        List.of(lost.envelope().id(), late.envelope().id())));
        await().until(silent::completeNext);
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
    }

    @Test
    void closeReportsWhatWasNotDeliveredAndDropsWhatComesLater() {
        Event pending = event("t");
        emitter.emit(pending);
        FlushReport report = emitter.close(AT_ONCE);
        assertThat(report.dropped()).isEqualTo(Map.of(DropReason.CLOSED, 1L));
        assertThat(report.firstIds()).containsExactly(pending.envelope().id());
        assertThat(emitter.close(SOON)).isEqualTo(report);
        emitter.emit(log("t"));
        assertThat(emitter.stats()).isEqualTo(new EmitterStats(2, 0, 0, Map.of(DropReason.CLOSED, 2L), 0, 0, 0, 0));
    }

    @Test
    void waitsWhereKafkaHasNoMetadataYet() {
        ScriptedProducer producer =
                ScriptedProducer.acknowledging().refusing(new TimeoutException(), new TimeoutException());
        use(() -> producer);
        emitter.emit(log("a"));
        emitter.emit(log("b"));
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(producer.subjects()).containsExactly("a", "b");
    }

    @Test
    void dropsWhatNobodyTakesInTime() throws Exception {
        TimeoutException[] refusals =
                IntStream.range(0, 10_000).mapToObj(i -> new TimeoutException()).toArray(TimeoutException[]::new);
        use(() -> ScriptedProducer.silent().refusing(refusals));
        CompletableFuture<Receipt> answer = emitter.send(event("t"));
        now.addAndGet(Duration.ofMinutes(3).toNanos());
        assertRefused(answer, DropReason.DELIVERY_TIMEOUT);
    }

    @Test
    void doesNotRetryWhatTheBrokerForbids() {
        use(() -> ScriptedProducer.acknowledging().refusing(new TopicAuthorizationException("no")));
        assertRefused(emitter.send(event("t")), DropReason.BROKER_REFUSED);
    }

    @Test
    void makesAnotherProducerWhenOneBreaksOrCannotBeMade() {
        ScriptedProducer good = ScriptedProducer.acknowledging();
        AtomicInteger made = new AtomicInteger();
        use(() -> switch (made.getAndIncrement()) {
            case 0 -> throw new ConfigException("No resolvable bootstrap urls given in bootstrap.servers");
            case 1 -> ScriptedProducer.silent().refusing(new KafkaException("fatal state"));
            default -> good;
        });
        emitter.emit(log("t"));
        await().until(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            return good.subjects().equals(List.of("t"));
        });
    }

    @Test
    void outlivesErrorsOfTheProducerAndOfItsMaking() {
        ScriptedProducer good = ScriptedProducer.acknowledging();
        AtomicInteger made = new AtomicInteger();
        use(() -> switch (made.getAndIncrement()) {
            case 0 -> throw new NoClassDefFoundError("a codec");
            case 1 -> ScriptedProducer.silent().refusing(new UnsatisfiedLinkError("a codec"));
            default -> good;
        });
        emitter.emit(log("a"));
        emitter.emit(log("b"));
        await().untilAsserted(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(good.subjects()).containsExactly("a", "b");
        });
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
    }

    @Test
    void outlivesErrorsThatNobodyForesees() {
        List<ScriptedProducer> producers = new CopyOnWriteArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        emitter.close(AT_ONCE);
        Supplier<Producer<byte[], byte[]>> factory = () -> {
            producers.add(ScriptedProducer.acknowledging());
            return producers.get(producers.size() - 1);
        };
        emitter = ArtifactEmitterRig.emitter(factory, 1 << 20, new Overflow.DropNewest(), () -> {
            if (Thread.currentThread().getName().equals("dise-emitter") && looks.incrementAndGet() % 200 == 50) {
                throw new OutOfMemoryError("not really");
            }
            return System.nanoTime();
        });
        List<String> subjects = IntStream.range(0, 200).mapToObj(i -> "t" + i).toList();
        subjects.forEach(subject -> emitter.emit(log(subject)));
        await().atMost(Duration.ofSeconds(30)).until(() -> emitter.stats().delivered() == 200);
        assertThat(producers.stream().flatMap(producer -> producer.subjects().stream()))
                .containsExactlyElementsOf(subjects);
        assertThat(producers).hasSizeGreaterThan(1);
    }

    @Test
    void isNotHeldUpByAnInterruptOfItsThread() {
        ScriptedProducer producer = ScriptedProducer.acknowledging();
        use(() -> producer);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("dise-emitter"))
                .forEach(Thread::interrupt);
        emitter.emit(log("t"));
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("dise-emitter"))
                .noneMatch(Thread::isInterrupted);
    }

    @Test
    void errorsOfTheDataAndOfTheToolAreCountedAndNotThrown() {
        emitter.emit(log("t").withDetails(new FailingMap()));
        Redaction failing = Redaction.none().withHook((type, data) -> {
            throw new StackOverflowError("of the hook");
        });
        EmitterSettings settings = new EmitterSettings(
                "urn:s",
                null,
                () -> {
                    throw new NoClassDefFoundError("of the trace");
                },
                failing,
                1 << 20,
                new Overflow.DropNewest(),
                SOON);
        try (ArtifactEmitter other =
                new ArtifactEmitter(settings, ScriptedProducer::silent, now::get, QuerySide.ofEnvironment())) {
            other.emit(log("t"));
            other.emit(event("t"));
            assertRefused(other.send(event("t")), DropReason.INVALID);
            assertThat(other.stats().dropped()).isEqualTo(Map.of(DropReason.INVALID, 3L));
        }
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.INVALID, 1L));
    }

    @Test
    void waitsForEverWhereThatIsAsked() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        emitter.close(AT_ONCE);
        emitter = emitter(() -> silent, Pending.OVERHEAD_BYTES + 100, new Overflow.Block(forEver));
        emitter.emit(log("t0"));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> emitter.emit(log("t1")));
        await().until(silent::completeNext);
        assertThat(waiting).succeedsWithin(SOON);
        CompletableFuture<FlushReport> flushed = CompletableFuture.supplyAsync(() -> emitter.flush(forEver));
        await().until(silent::completeNext);
        assertThat(flushed).succeedsWithin(SOON);
    }

    @Test
    void anEventThatCannotEverFitPushesOutNoOther() {
        emitter.close(AT_ONCE);
        ScriptedProducer producer = ScriptedProducer.silent().refusing(endlessly(new TimeoutException()));
        emitter = emitter(() -> producer, 10_000, new Overflow.DropOldest());
        IntStream.range(0, 5).forEach(i -> emitter.emit(log("t" + i)));
        emitter.emit(Log.of("large", LogLevel.INFO, "x".repeat(20_000)));
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.BUFFER_FULL, 1L));
        producer.refuseNoMore();
        await().untilAsserted(() -> assertThat(producer.subjects()).containsExactly("t0", "t1", "t2", "t3", "t4"));
    }

    @Test
    void dataThatIsNoEventIsCountedAndNotThrown() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        emitter.emit(log("t").withDetails(endless));
        emitter.emit(Log.of("t", LogLevel.INFO, "x".repeat(Event.MAX_DATA_BYTES)));
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.INVALID, 1L, DropReason.TOO_LARGE, 1L));
    }

    @Test
    void dropsTheOldestWhereThatIsThePolicy() {
        emitter.close(AT_ONCE);
        ScriptedProducer producer = ScriptedProducer.silent().refusing(endlessly(new TimeoutException()));
        emitter = emitter(() -> producer, 3 * (Pending.OVERHEAD_BYTES + 100), new Overflow.DropOldest());
        IntStream.range(0, 6).forEach(i -> emitter.emit(log("t" + i)));
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.BUFFER_FULL, 3L));
        producer.refuseNoMore();
        await().untilAsserted(() -> assertThat(producer.subjects()).endsWith("t4", "t5"));
    }

    @Test
    void theCallerWaitsForRoomWhereThatIsThePolicy() {
        emitter.close(AT_ONCE);
        emitter = emitter(() -> silent, Pending.OVERHEAD_BYTES + 100, new Overflow.Block(SOON));
        emitter.emit(log("t0"));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> emitter.emit(log("t1")));
        await().until(silent::completeNext);
        assertThat(waiting).succeedsWithin(SOON);
        await().untilAsserted(() -> assertThat(silent.subjects()).containsExactly("t0", "t1"));
    }

    @Test
    void theCallerWaitsNoLongerThanThePolicySays() {
        emitter.close(AT_ONCE);
        emitter = emitter(() -> silent, Pending.OVERHEAD_BYTES + 100, new Overflow.Block(AT_ONCE));
        emitter.emit(log("t0"));
        emitter.emit(log("t1"));
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of(DropReason.BUFFER_FULL, 1L));
    }

    @Test
    void tellsDownstreamWhatWasLostOnceTheLineIsGood() {
        use(() -> silent, 2 * (Pending.OVERHEAD_BYTES + 100));
        IntStream.range(0, 5).forEach(i -> emitter.emit(log("t" + i)));
        await().untilAsserted(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            silent.completeNext();
            assertThat(silent.subjects()).contains(LossReports.TOOL_ID);
        });
        String report = silent.dataOf(LossReports.TOOL_ID);
        assertThat(report).contains("\"dropped\":{\"BUFFER_FULL\":3}").contains("urn:dise:tool:test");
    }

    @Test
    void secretsStayAndTheTraceGoesAlong() {
        use(() -> silent);
        emitter.emit(log("t").withDetails(Map.of("db", Map.of("dbPassword", "hunter2"), "max_tokens", 512)));
        await().untilAsserted(() -> assertThat(silent.subjects()).hasSize(1));
        assertThat(silent.dataOf("t"))
                .doesNotContain("hunter2")
                .contains("\"****\"")
                .contains("512");
        assertThat(silent.headerOf("t", "traceparent")).isEqualTo(ArtifactEmitterRig.TRACEPARENT);
        assertThat(silent.headerOf("t", "ce_runid")).isEqualTo(ArtifactEmitterRig.RUN_ID);
    }

    /** Details that cannot be read. */
    private static final class FailingMap extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new AssertionError("of the tool");
        }
    }

    private static TimeoutException[] endlessly(TimeoutException refusal) {
        return IntStream.range(0, 100_000).mapToObj(i -> refusal).toArray(TimeoutException[]::new);
    }

    private void use(Supplier<Producer<byte[], byte[]>> producers) {
        use(producers, 1 << 20);
    }

    private void use(Supplier<Producer<byte[], byte[]>> producers, long bufferBytes) {
        emitter.close(AT_ONCE);
        emitter = emitter(producers, bufferBytes);
    }

    private ArtifactEmitter emitter(Supplier<Producer<byte[], byte[]>> producers, long bufferBytes) {
        return emitter(producers, bufferBytes, new Overflow.DropNewest());
    }

    private ArtifactEmitter emitter(Supplier<Producer<byte[], byte[]>> producers, long bufferBytes, Overflow overflow) {
        return ArtifactEmitterRig.emitter(producers, bufferBytes, overflow, now::get);
    }

    private static Log log(String toolId) {
        return Log.of(toolId, LogLevel.INFO, "m");
    }

    private static Event event(String toolId) {
        return Event.of("urn:dise:tool:test", log(toolId));
    }

    private static void assertRefused(CompletableFuture<Receipt> answer, DropReason reason) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .satisfies(e -> assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                NotDeliveredException.class,
                                cause -> assertThat(cause.reason()).isEqualTo(reason)));
    }
}
