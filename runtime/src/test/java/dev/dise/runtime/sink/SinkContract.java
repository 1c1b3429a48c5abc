package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Evaluation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every sink must do, whatever the store behind it. The entities are evaluations, which every store holds; each
 * test begins with an empty store.
 *
 * @param <T> what the sink writes
 */
public abstract class SinkContract<T> {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final EventDeliveries deliveries = new EventDeliveries(new Partition("dise.bulk", 0));
    private final RecordingRefusals refusals = new RecordingRefusals();

    /** The sink under test, the same one until the test ends; its store is empty when the test begins. */
    protected abstract Sink<T> sink();

    /** The event as this sink gets it. */
    protected abstract Delivery<T> delivery(Delivery<DecodedEvent> event);

    /** The event with this record, but such that the store will never accept it. */
    protected abstract Delivery<T> poison(Delivery<DecodedEvent> event);

    /** The name of each evaluation that a reader of the store sees, by artifact id; one entry for each row or point. */
    protected abstract Map<String, String> stored();

    /** The store does not answer from now on. */
    protected abstract void takeAway();

    /** The store answers again, with what it had. */
    protected abstract void bringBack();

    /** Whether readers see nothing of a batch before all of it is written. */
    protected boolean isTransactional() {
        return true;
    }

    @Test
    void writingStores() throws Exception {
        write(evaluation("a", "one"), evaluation("b", "two"));
        assertThat(stored()).isEqualTo(Map.of("a", "one", "b", "two"));
        assertThat(refusals.accepted()).isEmpty();
    }

    @Test
    void writingTwiceStoresOnce() throws Exception {
        Batch<T> batch = batch(evaluation("a", "one"), evaluation("b", "two"));
        sink().write(batch, refusals);
        sink().write(batch, refusals);
        assertThat(stored()).isEqualTo(Map.of("a", "one", "b", "two"));
    }

    @Test
    void theSameEventTwiceInABatchIsStoredOnce() throws Exception {
        Event event = evaluation("a", "one");
        write(event, evaluation("b", "two"), event);
        assertThat(stored()).isEqualTo(Map.of("a", "one", "b", "two"));
    }

    @Test
    void theSameEventAgainLaterIsStoredOnce() throws Exception {
        Event event = evaluation("a", "one");
        write(event);
        write(evaluation("b", "two"), event);
        assertThat(stored()).isEqualTo(Map.of("a", "one", "b", "two"));
    }

    @Test
    void aBadDeliveryIsRefusedAndItsNeighboursAreStored() throws Exception {
        Delivery<T> bad = poison(deliveries.next(evaluation("bad", "bad")));
        sink().write(Batch.of(List.of(next("a"), bad, next("b"))), refusals);
        assertThat(stored()).containsOnlyKeys("a", "b");
        assertThat(refusals.accepted()).singleElement().satisfies(rejection -> {
            assertThat(rejection.record()).isSameAs(bad.record());
            assertThat(rejection.reason()).matches("[A-Z]+(_[A-Z]+)*");
            assertThat(rejection.message()).isNotBlank();
        });
    }

    @Test
    void aBatchOfBadDeliveriesOnlyIsRefusedOneByOne() throws Exception {
        List<Delivery<T>> bad = List.of(
                poison(deliveries.next(evaluation("x", "bad"))),
                poison(deliveries.next(evaluation("y", "bad"))),
                poison(deliveries.next(evaluation("z", "bad"))));
        sink().write(Batch.of(bad), refusals);
        assertThat(stored()).isEmpty();
        assertThat(refusals.accepted()).hasSize(3);
    }

    @Test
    void whatIsRefusedIsSafeBeforeTheBatchIsDurable() throws Exception {
        Batch<T> batch = Batch.of(List.of(next("a"), poison(deliveries.next(evaluation("bad", "bad")))));
        List<Map<String, String>> seen = new ArrayList<>();
        sink().write(batch, rejections -> seen.add(stored()));
        Assumptions.assumeTrue(isTransactional(), "the store has no transactions");
        assertThat(seen).first().isEqualTo(Map.of());
    }

    @Test
    void deadLettersThatCannotBeWrittenCostTimeOnly() throws Exception {
        Batch<T> batch = Batch.of(List.of(next("a"), poison(deliveries.next(evaluation("bad", "bad")))));
        refusals.failing(1);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> sink().write(batch, refusals));
        if (isTransactional()) {
            assertThat(stored()).isEmpty();
        }
        sink().write(batch, refusals);
        assertThat(stored()).containsOnlyKeys("a");
        assertThat(refusals.accepted()).hasSize(1);
    }

    @Test
    void aBatchWithNothingToWriteIsFine() throws Exception {
        Span span = new Span(0, 3);
        sink().write(new Batch<>(List.of(), Map.of(deliveries.partition(), span)), refusals);
        assertThat(stored()).isEmpty();
    }

    @Test
    void anUnavailableStoreSaysSoAndTakesTheSameBatchLater() throws Exception {
        Batch<T> batch = batch(evaluation("a", "one"));
        takeAway();
        try {
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> sink().write(batch, refusals));
        } finally {
            bringBack();
        }
        await().pollInSameThread()
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .untilAsserted(() -> sink().write(batch, refusals));
        assertThat(stored()).isEqualTo(Map.of("a", "one"));
        assertThat(refusals.accepted()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theNewestVersionWinsInAnyOrder(long seed) throws Exception {
        Random random = new Random(seed);
        List<Event> versions = new ArrayList<>();
        Map<String, String> newest = new HashMap<>();
        for (String id : List.of("a", "b", "c", "d")) {
            for (int version = 0; version < 6; version++) {
                versions.add(evaluation(id, "v" + version, NOON.plusMillis(version)));
            }
            newest.put(id, "v5");
        }
        Collections.shuffle(versions, random);
        for (List<Event> part : cut(versions, random)) {
            write(part.toArray(Event[]::new));
        }
        assertThat(stored()).as("seed %d", seed).isEqualTo(newest);
    }

    @Test
    void anOlderEventThatComesLateChangesNothing() throws Exception {
        write(evaluation("a", "new", NOON.plusSeconds(1)));
        write(evaluation("a", "old", NOON));
        assertThat(stored()).isEqualTo(Map.of("a", "new"));
    }

    @Test
    void ofTwoVersionsOfOneTimeTheLaterInTheLogWins() throws Exception {
        write(evaluation("a", "first", NOON), evaluation("a", "second", NOON));
        write(evaluation("b", "first", NOON));
        write(evaluation("b", "second", NOON));
        assertThat(stored()).isEqualTo(Map.of("a", "second", "b", "second"));
    }

    @Test
    void aDeletionRemovesAndANewerVersionComesBack() throws Exception {
        write(evaluation("a", "one", NOON), evaluation("b", "two", NOON));
        write(deletion("a", NOON.plusSeconds(1)));
        assertThat(stored()).isEqualTo(Map.of("b", "two"));
        write(evaluation("a", "again", NOON.plusSeconds(2)));
        assertThat(stored()).isEqualTo(Map.of("a", "again", "b", "two"));
    }

    @Test
    void aDeletionInTheBatchOfItsTargetRemovesIt() throws Exception {
        write(evaluation("a", "one", NOON), deletion("a", NOON.plusSeconds(1)));
        assertThat(stored()).isEmpty();
    }

    @Test
    void anOlderDeletionChangesNothing() throws Exception {
        write(evaluation("a", "one", NOON));
        write(deletion("a", NOON.minusSeconds(1)));
        assertThat(stored()).isEqualTo(Map.of("a", "one"));
    }

    @Test
    void anOlderUpdateDoesNotBringBackWhatWasDeleted() throws Exception {
        write(deletion("a", NOON.plusSeconds(1)));
        write(evaluation("a", "old", NOON));
        assertThat(stored()).isEmpty();
    }

    /** Writes the events as one batch at the next offsets. */
    protected final void write(Event... events) throws Exception {
        sink().write(batch(events), refusals);
    }

    static LongStream seeds() {
        RandomGenerator random = RandomGenerator.getDefault();
        return LongStream.of(1, 2, random.nextLong(1_000_000));
    }

    private Batch<T> batch(Event... events) {
        return Batch.of(deliveries.all(Arrays.asList(events)).stream()
                .map(this::delivery)
                .toList());
    }

    private Delivery<T> next(String id) {
        return delivery(deliveries.next(evaluation(id, "good")));
    }

    private static List<List<Event>> cut(List<Event> events, Random random) {
        List<List<Event>> parts = new ArrayList<>();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(6));
            parts.add(events.subList(from, to));
            from = to;
        }
        return parts;
    }

    private static Event evaluation(String id, String name) {
        return evaluation(id, name, NOON);
    }

    private static Event evaluation(String id, String name, Instant time) {
        return Event.of(EventIds.next(), "urn:dise:test", time, Evaluation.of(id, name, "content of " + name));
    }

    private static Event deletion(String id, Instant time) {
        return Event.of(EventIds.next(), "urn:dise:test", time, Deletion.of(EventType.EVALUATION, id));
    }
}
