package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.runtime.Health;
import dev.dise.runtime.sink.FlakySink.Fault;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SinkLoopTest {
    private static final String NAME = "test-sink";
    private static final String TOPIC = Topic.BULK.topicName();
    private static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    private static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final ManualClock clock = new ManualClock();
    private final Health health = new Health();
    private final InMemorySink store = new InMemorySink();
    private final RecordingRefusals refusals = new RecordingRefusals();
    private final Map<TopicPartition, Long> beginnings = new HashMap<>(Map.of(P0, 0L, P1, 0L));

    @Test
    void commitsOnlyWhatIsWritten() {
        List<Map<TopicPartition, OffsetAndMetadata>> committedAtWrite = new ArrayList<>();
        SinkLoop<DecodedEvent> loop = loop(before(store, () -> committedAtWrite.add(committed())));
        add(P0, 0, "a");
        add(P0, 1, "b");
        loop.step();
        assertThat(committedAtWrite).containsExactly(Map.of());
        assertThat(store.writtenIds()).containsExactly("a", "b");
        assertThat(committed()).containsExactly(Map.entry(P0, new OffsetAndMetadata(2)));
        assertThat(state()).isEqualTo(Health.State.UP);
    }

    @Test
    void deadLettersAreSafeBeforeAnythingIsCommitted() {
        List<Map<TopicPartition, OffsetAndMetadata>> committedAtRefusal = new ArrayList<>();
        SinkLoop<DecodedEvent> loop = loop(
                new InMemorySink(delivery -> id(delivery).equals("bad")),
                rejections -> {
                    committedAtRefusal.add(committed());
                    refusals.accept(rejections);
                },
                null);
        add(P0, 0, "good");
        addGarbage(P0, 1);
        add(P0, 2, "bad");
        loop.step();
        assertThat(committedAtRefusal).isNotEmpty().containsOnly(Map.of());
        assertThat(refusals.accepted())
                .extracting(rejection -> rejection.record() + " " + rejection.reason())
                .containsExactly(TOPIC + "-0@1 ENVELOPE", TOPIC + "-0@2 MAP_VALUE");
        assertThat(committed()).containsExactly(Map.entry(P0, new OffsetAndMetadata(3)));
    }

    @Test
    void whileTheStoreIsAwayItPollsOnAndTriesTheSameBatchAgain() {
        SinkLoop<DecodedEvent> loop = loop(new FlakySink<>(store, Fault.UNAVAILABLE, Fault.UNAVAILABLE));
        add(P0, 0, "a");
        loop.step();
        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
        assertThat(state()).isEqualTo(Health.State.WAITING);
        add(P0, 1, "b");
        AtomicBoolean polled = new AtomicBoolean();
        consumer.schedulePollTask(() -> polled.set(true));
        loop.step();
        assertThat(polled)
                .as("polling goes on, so that the group keeps the member")
                .isTrue();
        clock.advance(LONG);
        loop.step();
        assertThat(committed()).isEmpty();
        assertThat(store.written()).isEmpty();
        clock.advance(LONG);
        loop.step();
        assertThat(store.writtenIds()).containsExactly("a");
        assertThat(consumer.paused()).isEmpty();
        assertThat(state()).isEqualTo(Health.State.UP);
        loop.step();
        assertThat(store.writtenIds()).containsExactly("a", "b");
        assertThat(committed()).containsEntry(P0, new OffsetAndMetadata(2));
        assertThat(refusals.accepted()).isEmpty();
    }

    @Test
    void doesNotTryAgainBeforeTheWaitIsOver() {
        List<Instant> tries = new ArrayList<>();
        SinkLoop<DecodedEvent> loop =
                loop(before(new FlakySink<>(store, Fault.UNAVAILABLE), () -> tries.add(clock.instant())));
        add(P0, 0, "a");
        loop.step();
        loop.step();
        loop.step();
        assertThat(tries).hasSize(1);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsRepeated() {
        SinkLoop<DecodedEvent> loop = loop(new FlakySink<>(store, Fault.ANSWER_LOST));
        add(P0, 0, "a");
        loop.step();
        assertThat(committed()).isEmpty();
        clock.advance(LONG);
        loop.step();
        assertThat(store.writtenIds()).containsExactly("a", "a");
        assertThat(committed()).containsEntry(P0, new OffsetAndMetadata(1));
    }

    @Test
    void aBadRecordCostsOneDeadLetterHoweverOftenItsBatchIsTried() {
        InMemorySink picky = new InMemorySink(delivery -> id(delivery).equals("bad"));
        SinkLoop<DecodedEvent> loop =
                loop(new FlakySink<>(picky, Fault.UNAVAILABLE, Fault.ANSWER_LOST, Fault.ANSWER_LOST));
        addGarbage(P0, 0);
        add(P0, 1, "bad");
        add(P0, 2, "good");
        for (int i = 0; i < 4; i++) {
            loop.step();
            clock.advance(LONG);
        }
        assertThat(committed()).containsEntry(P0, new OffsetAndMetadata(3));
        assertThat(refusals.records()).containsExactly(TOPIC + "-0@0", TOPIC + "-0@1");
    }

    @Test
    void deadLettersThatCannotBeWrittenPauseTheLoop() {
        SinkLoop<DecodedEvent> loop = loop(store);
        refusals.failing(1);
        addGarbage(P0, 0);
        add(P0, 1, "a");
        loop.step();
        assertThat(state()).isEqualTo(Health.State.WAITING);
        assertThat(committed()).isEmpty();
        assertThat(store.written()).isEmpty();
        clock.advance(LONG);
        loop.step();
        assertThat(refusals.records()).containsExactly(TOPIC + "-0@0");
        assertThat(store.writtenIds()).containsExactly("a");
        assertThat(committed()).containsEntry(P0, new OffsetAndMetadata(2));
    }

    @Test
    void revokedPartitionsLeaveThePendingBatch() {
        SinkLoop<DecodedEvent> loop = loop(new FlakySink<>(store, Fault.UNAVAILABLE));
        add(P0, 0, "zero");
        addGarbage(P0, 1);
        add(P1, 0, "one");
        loop.step();
        consumer.schedulePollTask(this::revokeZero);
        clock.advance(LONG);
        loop.step();
        assertThat(store.writtenIds()).containsExactly("one");
        assertThat(committed()).containsExactly(Map.entry(P1, new OffsetAndMetadata(1)));
    }

    @Test
    void aPendingBatchWhosePartitionsAreAllRevokedIsForgotten() {
        SinkLoop<DecodedEvent> loop = loop(new FlakySink<>(store, Fault.UNAVAILABLE));
        add(P0, 0, "zero");
        loop.step();
        consumer.schedulePollTask(this::revokeZero);
        clock.advance(LONG);
        loop.step();
        add(P1, 0, "one");
        loop.step();
        assertThat(store.writtenIds()).containsExactly("one");
    }

    @Test
    void aPartitionThatComesWhileTheStoreIsAwayDoesNotPushOutThePendingBatch() {
        SinkLoop<DecodedEvent> loop = joining(new FlakySink<>(store, Fault.UNAVAILABLE), refusals, null);
        assign(loop, P0);
        add(P0, 0, "zero");
        loop.step();
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(P0, P1));
            add(P1, 0, "one");
        });
        loop.step();
        clock.advance(LONG);
        loop.step();
        loop.step();
        assertThat(store.writtenIds()).containsExactly("zero", "one");
        assertThat(committed())
                .containsOnly(Map.entry(P0, new OffsetAndMetadata(1)), Map.entry(P1, new OffsetAndMetadata(1)));
    }

    @Test
    void aPlaceThatWasLostIsReadAnew() {
        long[] place = {0};
        SinkLoop<DecodedEvent> loop =
                loop(new FlakySink<>(store, Fault.PLACE_LOST), refusals, partitions -> Map.of(zero(), place[0]));
        add(P0, 0, "a");
        place[0] = 5;
        loop.step();
        assertThat(store.written()).isEmpty();
        assertThat(committed()).isEmpty();
        loop.step();
        add(P0, 4, "written by the other");
        add(P0, 5, "b");
        loop.step();
        assertThat(store.writtenIds()).containsExactly("b");
        assertThat(committed()).containsEntry(P0, new OffsetAndMetadata(6));
    }

    @Test
    void aBugInTheSinkGoesThroughAndCommitsNothing() {
        SinkLoop<DecodedEvent> loop = loop(new FlakySink<>(store, Fault.BUG));
        add(P0, 0, "a");
        assertThatIllegalStateException().isThrownBy(loop::step).withMessage("a bug");
        assertThat(committed()).isEmpty();
    }

    @Test
    void aGroupWithoutOffsetsBeginsAtTheBeginning() {
        beginnings.put(P0, 3L);
        SinkLoop<DecodedEvent> loop = loop(store);
        add(P0, 3, "first that is left");
        loop.step();
        assertThat(store.writtenIds()).containsExactly("first that is left");
    }

    @Test
    void aGroupWithOffsetsGoesOnThere() {
        SinkLoop<DecodedEvent> loop = joining(store, refusals, null);
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(P0));
            consumer.commitSync(Map.of(P0, new OffsetAndMetadata(2)));
        });
        loop.step();
        add(P0, 1, "written before");
        add(P0, 2, "next");
        loop.step();
        assertThat(store.writtenIds()).containsExactly("next");
    }

    @Test
    void theStoresPlaceWinsOverTheGroups() {
        SinkLoop<DecodedEvent> loop = joining(store, refusals, partitions -> Map.of(zero(), 4L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(P0, P1));
            consumer.commitSync(Map.of(P0, new OffsetAndMetadata(7), P1, new OffsetAndMetadata(7)));
        });
        loop.step();
        add(P0, 4, "the group says 7, the store 4");
        add(P1, 0, "the group says 7, the store nothing");
        loop.step();
        assertThat(store.writtenIds())
                .containsExactlyInAnyOrder("the group says 7, the store 4", "the group says 7, the store nothing");
    }

    @Test
    void nothingIsReadBeforeThePlaceIsKnown() {
        AtomicBoolean away = new AtomicBoolean(true);
        SinkLoop<DecodedEvent> loop = loop(store, refusals, partitions -> {
            if (away.get()) {
                throw new StoreUnavailableException("no place", new IllegalStateException());
            }
            return Map.of(zero(), 1L);
        });
        add(P0, 0, "written before");
        add(P0, 1, "next");
        loop.step();
        assertThat(store.written()).isEmpty();
        assertThat(state()).isEqualTo(Health.State.WAITING);
        away.set(false);
        clock.advance(LONG);
        loop.step();
        loop.step();
        assertThat(store.writtenIds()).containsExactly("next");
        assertThat(state()).isEqualTo(Health.State.UP);
    }

    @Test
    void offsetsThatCannotBeCommittedCostNothing() {
        AtomicBoolean refuse = new AtomicBoolean(true);
        MockConsumer<byte[], byte[]> moved = new MockConsumer<>("none") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                if (refuse.getAndSet(false)) {
                    throw new CommitFailedException();
                }
                super.commitSync(offsets);
            }
        };
        SinkLoop<DecodedEvent> loop = new SinkLoop<>(parts(store, refusals, null), moved);
        moved.subscribe(List.of(TOPIC), loop);
        moved.updateBeginningOffsets(Map.of(P0, 0L));
        moved.schedulePollTask(() -> moved.rebalance(List.of(P0)));
        loop.step();
        moved.addRecord(record(P0, 0, event("a")));
        loop.step();
        moved.addRecord(record(P0, 1, event("b")));
        loop.step();
        assertThat(store.writtenIds()).containsExactly("a", "b");
        assertThat(moved.committed(Set.of(P0))).containsEntry(P0, new OffsetAndMetadata(2));
    }

    private SinkLoop<DecodedEvent> loop(Sink<DecodedEvent> sink) {
        return loop(sink, refusals, null);
    }

    private SinkLoop<DecodedEvent> loop(Sink<DecodedEvent> sink, Refusals deadLetters, @Nullable Positions positions) {
        SinkLoop<DecodedEvent> loop = joining(sink, deadLetters, positions);
        assign(loop, P0, P1);
        return loop;
    }

    /** A loop that has no partitions yet. */
    private SinkLoop<DecodedEvent> joining(
            Sink<DecodedEvent> sink, Refusals deadLetters, @Nullable Positions positions) {
        SinkLoop<DecodedEvent> loop = new SinkLoop<>(parts(sink, deadLetters, positions), consumer);
        consumer.subscribe(List.of(TOPIC), loop);
        consumer.updateBeginningOffsets(beginnings);
        return loop;
    }

    private void assign(SinkLoop<DecodedEvent> loop, TopicPartition... partitions) {
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(partitions)));
        loop.step();
    }

    /** The mock would keep a revoked partition paused, which a real consumer does not. */
    private void revokeZero() {
        consumer.resume(List.of(P0));
        consumer.rebalance(List.of(P1));
    }

    private SinkWorker.Parts<DecodedEvent> parts(
            Sink<DecodedEvent> sink, Refusals deadLetters, @Nullable Positions positions) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), LONG, new Random(1));
        return new SinkWorker.Parts<>(
                NAME, Topic.BULK, new EventDecoder(), sink, deadLetters, positions, backoff, clock, health);
    }

    private static Sink<DecodedEvent> before(Sink<DecodedEvent> sink, Runnable action) {
        return new Sink<>() {
            @Override
            public void write(Batch<DecodedEvent> batch, Refusals refusals)
                    throws StoreUnavailableException, PlaceLostException {
                action.run();
                sink.write(batch, refusals);
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    private void add(TopicPartition partition, long offset, String id) {
        consumer.addRecord(record(partition, offset, event(id)));
    }

    private void addGarbage(TopicPartition partition, long offset) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, partition.partition(), offset, null, "garbage".getBytes(UTF_8)));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, Event event) {
        ProducerRecord<byte[], byte[]> sent = EventDeliveries.toSend(TOPIC, event);
        return new ConsumerRecord<>(
                TOPIC,
                partition.partition(),
                offset,
                0L,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }

    private static Event event(String id) {
        return Event.of(id, "urn:dise:test", Instant.EPOCH, Log.of("tool", LogLevel.INFO, "hello"));
    }

    private static String id(Delivery<DecodedEvent> delivery) {
        return delivery.content().envelope().id();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return consumer.committed(Set.of(P0, P1));
    }

    private Health.@Nullable State state() {
        Health.Report report = health.parts().get(NAME);
        return report == null ? null : report.state();
    }

    private static Partition zero() {
        return new Partition(TOPIC, 0);
    }
}
