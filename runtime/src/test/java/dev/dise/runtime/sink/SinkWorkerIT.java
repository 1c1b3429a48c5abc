package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.Health;
import dev.dise.runtime.sink.FlakySink.Fault;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class SinkWorkerIT {
    private static final int EVENTS = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static KafkaStack kafka;

    private final InMemorySink store = new InMemorySink();
    private final Health health = new Health();
    private final EachEventAtLeastOnce eachEvent = new EachEventAtLeastOnce();
    private final OrderPerKey order = new OrderPerKey();
    private final List<AutoCloseable> running = new ArrayList<>();

    @BeforeAll
    static void startKafka(@TempDir Path directory) {
        kafka = KafkaStack.start(directory, 3);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @AfterEach
    void stopWorkers() throws Exception {
        for (AutoCloseable part : running) {
            part.close();
        }
    }

    @Test
    void eachRecordOfGarbageBecomesOneDeadLetterAsItCame() throws Exception {
        List<ProducerRecord<byte[], byte[]>> garbage = List.of(
                raw("key".getBytes(UTF_8), new byte[] {(byte) 0xFF, 0, (byte) 0xC0, (byte) 0x80}),
                raw(null, null),
                raw(new byte[0], new byte[0]),
                noJson(event("truncated", 0)));
        kafka.send(Topic.BULK, events(0, 50));
        kafka.sendRaw(garbage);
        kafka.send(Topic.BULK, events(50, 100));
        run("garbage", new FlakySink<>(store, Fault.UNAVAILABLE, Fault.ANSWER_LOST));
        await().atMost(PATIENCE).until(() -> eachEvent.isKeptBy(store.writtenIds()));
        await().atMost(PATIENCE).until(() -> kafka.deadLetters().size() >= garbage.size());
        List<SourceRecord> letters = kafka.deadLetters();
        assertThat(letters).hasSize(garbage.size());
        for (ProducerRecord<byte[], byte[]> record : garbage) {
            assertThat(letters).anySatisfy(letter -> {
                assertThat(letter.key()).isEqualTo(record.key());
                assertThat(letter.value()).isEqualTo(record.value());
                record.headers()
                        .forEach(header ->
                                assertThat(letter.header(header.key())).isEqualTo(new String(header.value(), UTF_8)));
                assertThat(letter.header("dlq.topic")).isEqualTo("dise.bulk");
                assertThat(letter.header("dlq.stage")).isEqualTo("garbage");
                assertThat(letter.header("dlq.reason")).isIn("ENVELOPE", "MALFORMED");
                assertThat(letter.header("dlq.attempts")).isEqualTo("1");
                assertThat(letter.header("dlq.offset")).matches("\\d+");
                assertThat(letter.header("dlq.partition")).matches("[012]");
                assertThat(Instant.parse(String.valueOf(letter.header("dlq.at"))))
                        .isBefore(Instant.now().plusSeconds(60));
            });
        }
        assertThat(letters.stream()
                        .map(letter -> letter.header("dlq.partition") + "@" + letter.header("dlq.offset"))
                        .collect(Collectors.toSet()))
                .as("each from a place of its own")
                .hasSize(garbage.size());
    }

    @Test
    void stoppedAndStartedAgainMidStreamItLosesNothingAndKeepsTheOrder(TestInfo test) throws Exception {
        String group = test.getDisplayName();
        kafka.send(Topic.BULK, events(0, EVENTS / 2));
        SinkWorker<DecodedEvent> first = run(group, store);
        await().atMost(PATIENCE).until(() -> store.written().size() > 50);
        first.close();
        int before = store.written().size();
        kafka.send(Topic.BULK, events(EVENTS / 2, EVENTS));
        run(group, store);
        await().atMost(PATIENCE).until(() -> eachEvent.isKeptBy(own()));
        eachEvent.check(own());
        order.check(store.written());
        assertThat(store.written().size() - before)
                .as("what was written and committed does not come again")
                .isLessThanOrEqualTo(total() - before);
    }

    @Test
    void aWorkerThatDiesBetweenWriteAndCommitLosesNothingAndKeepsTheOrder(TestInfo test) throws Exception {
        String group = test.getDisplayName();
        kafka.send(Topic.BULK, events(0, EVENTS));
        SinkWorker<DecodedEvent> dying = run(group, new FlakySink<>(store, Fault.NONE, Fault.NONE, Fault.CRASH));
        await().atMost(PATIENCE).until(() -> dying.ended().isCompletedExceptionally());
        assertThat(health.isLive()).isFalse();
        assertThat(eachEvent.isKeptBy(own())).isFalse();
        run(group, store);
        await().atMost(PATIENCE).until(() -> eachEvent.isKeptBy(own()));
        eachEvent.check(own());
        order.check(store.written());
        assertThat(Set.copyOf(store.writtenIds()))
                .as("the last batch came twice")
                .hasSizeLessThan(store.written().size());
    }

    @Test
    void aSecondWorkerTakesHalfAndNothingIsLost(TestInfo test) throws Exception {
        String group = test.getDisplayName();
        kafka.send(Topic.BULK, events(0, EVENTS / 2));
        run(group, store);
        await().atMost(PATIENCE).until(() -> store.written().size() > 50);
        SinkWorker<DecodedEvent> second = run(group, store);
        kafka.send(Topic.BULK, events(EVENTS / 2, EVENTS));
        await().atMost(PATIENCE).until(() -> eachEvent.isKeptBy(own()));
        second.close();
        eachEvent.check(own());
    }

    /** Ids of this test's events; the topic has those of other tests too. */
    private List<String> own() {
        return store.writtenIds().stream().filter(id -> id.startsWith(prefix())).toList();
    }

    private int total() {
        return kafka.read(Topic.BULK).size();
    }

    private List<Event> events(int from, int to) {
        List<Event> events =
                IntStream.range(from, to).mapToObj(i -> event(prefix() + i, i)).toList();
        eachEvent.sent(events.stream().map(event -> event.envelope().id()).toList());
        events.forEach(
                event -> order.sent(event.envelope().subject(), event.envelope().id()));
        return events;
    }

    /** Differs for each test, since each has its own instance. */
    private String prefix() {
        return "e" + Integer.toHexString(System.identityHashCode(this)) + "-";
    }

    private Event event(String id, int number) {
        String tool = prefix() + "tool-" + number % 7;
        return Event.of(id, "urn:dise:test", Instant.now(), Log.of(tool, LogLevel.INFO, "number " + number));
    }

    private static ProducerRecord<byte[], byte[]> noJson(Event event) {
        ProducerRecord<byte[], byte[]> good = EventDeliveries.toSend(Topic.BULK.topicName(), event);
        return new ProducerRecord<>(good.topic(), null, null, good.key(), "{\"tool".getBytes(UTF_8), good.headers());
    }

    private static ProducerRecord<byte[], byte[]> raw(byte @Nullable [] key, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("own", "kept".getBytes(UTF_8));
        return new ProducerRecord<>(Topic.BULK.topicName(), null, null, key, value, headers);
    }

    private SinkWorker<DecodedEvent> run(String name, Sink<DecodedEvent> sink) {
        DeadLetters letters =
                new DeadLetters(name, kafka.clients().producer(name), new SimpleMeterRegistry(), Clock.systemUTC());
        SinkWorker<DecodedEvent> worker = SinkWorker.start(
                new SinkWorker.Parts<>(
                        name,
                        Topic.BULK.topicName(),
                        new EventDecoder(),
                        sink,
                        letters,
                        null,
                        new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), new Random(1)),
                        Clock.systemUTC(),
                        health),
                kafka.clients().consumer(name, 40));
        running.add(worker);
        running.add(letters);
        return worker;
    }
}
