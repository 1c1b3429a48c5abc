package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.runtime.Health;
import dev.dise.runtime.sink.FlakySink.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** Where reading goes on, and whose partitions are whose. */
class SinkLoopPlacesTest extends SinkLoopRig {
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
    void aPlaceThatRetentionHasEatenEndsTheLoopWithTheSizeOfTheGap() {
        beginnings.put(P0, 10L);
        SinkLoop<DecodedEvent> loop = loop(store, refusals, partitions -> Map.of(zero(), 3L));
        add(P0, 10, "the oldest that is left");
        assertThatIllegalStateException()
                .isThrownBy(loop::step)
                .withMessageContaining("7 records of dise.bulk-0 are gone: offsets 3 to 9")
                .withMessageContaining("rebuild");
        assertThat(store.writtenIds()).isEmpty();
        assertThat(refusals.accepted()).isEmpty();
    }
}
