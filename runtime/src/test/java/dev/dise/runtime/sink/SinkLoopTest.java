package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.runtime.Health;
import dev.dise.runtime.sink.FlakySink.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SinkLoopTest extends SinkLoopRig {
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
    void aBugInTheSinkGoesThroughAndCommitsNothing() {
        SinkLoop<DecodedEvent> loop = loop(new FlakySink<>(store, Fault.BUG));
        add(P0, 0, "a");
        assertThatIllegalStateException().isThrownBy(loop::step).withMessage("a bug");
        assertThat(committed()).isEmpty();
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
}
