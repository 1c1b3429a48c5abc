package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int ROUNDS = 50_000;
    private static final long ROOM = 1 << 20;

    private final Drops drops = new Drops(System::nanoTime);
    private final Outbox outbox = new Outbox(ROOM, drops);
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void whatTheSpoolCouldNotTakeAfterAllIsNotForgotten() {
        Pending event = underWay();
        List<Pending> claimed = outbox.claimUnderWay(1);
        outbox.oldestUnderWay();
        claimed.forEach(outbox::giveBack);
        assertThat(outbox.oldestUnderWay()).isSameAs(event);
        outbox.recall();
        assertThat(outbox.take()).isSameAs(event);
    }

    @Test
    void whatIsOnItsWayToDiskIsNotSettledYet() {
        Pending event = underWay();
        outbox.claimUnderWay(1);
        assertThat(outbox.unsettled()).containsExactly(event);
    }

    @Test
    void whatIsGivenBackAfterKafkaHasTakenItIsDelivered() {
        Pending event = underWay();
        List<Pending> claimed = outbox.claimUnderWay(1);
        outbox.deliver(event, new Receipt.InKafka(event.event().envelope(), "t", 0, 0));
        claimed.forEach(outbox::giveBack);
        assertThat(outbox.delivered()).isEqualTo(1);
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.unsettled()).isEmpty();
    }

    @Test
    void twoThreadsThatForgetWhatIsSettledForgetNothingElse() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                outbox.oldestUnderWay();
            }
        });
        for (int round = 0; round < ROUNDS; round++) {
            Pending settled = underWay();
            Pending open = underWay();
            deliver(settled);
            outbox.oldestUnderWay();
            assertThat(outbox.unsettled()).as("round " + round).containsExactly(open);
            deliver(open);
        }
        ended.set(true);
        other.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsDroppedWhileTheNextIsTakenCostsNoOther() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> dropper = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                outbox.dropOldest();
            }
        });
        for (int round = 0; round < ROUNDS / 10; round++) {
            IntStream.range(0, 50).forEach(i -> outbox.offer(pending()));
            for (Pending taken = outbox.take(); taken != null; taken = outbox.take()) {
                deliver(taken);
            }
        }
        ended.set(true);
        dropper.get(10, TimeUnit.SECONDS);
        assertThat(outbox.delivered() + drops.total()).isEqualTo(outbox.accepted());
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void theBoundHoldsAtEveryMoment() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<Void>> callers = IntStream.range(0, 3)
                .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                    while (!ended.get()) {
                        Pending event = pending();
                        if (!outbox.offer(event)) {
                            outbox.refuse(event, DropReason.BUFFER_FULL);
                        }
                    }
                }))
                .toList();
        long highest = 0;
        for (int look = 0; look < 100 * ROUNDS; look++) {
            highest = Math.max(highest, outbox.bytes());
        }
        ended.set(true);
        for (CompletableFuture<Void> caller : callers) {
            caller.get(10, TimeUnit.SECONDS);
        }
        assertThat(highest).isLessThanOrEqualTo(ROOM);
    }

    @Test
    void anEventThatIsDeliveredIsNotHeldByAnOlderOneThatIsNot() {
        Pending oldest = underWay();
        List<WeakReference<byte[]>> delivered = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Pending event = underWay();
            delivered.add(new WeakReference<>(event.event().data()));
            deliver(event);
        }
        await().untilAsserted(() -> {
            System.gc();
            long held = delivered.stream()
                    .map(WeakReference::get)
                    .filter(Objects::nonNull)
                    .mapToLong(data -> data.length + Pending.OVERHEAD_BYTES)
                    .sum();
            assertThat(held).isLessThan(ROOM);
        });
        assertThat(outbox.unsettled()).containsExactly(oldest);
    }

    private Pending underWay() {
        assertThat(outbox.offer(pending())).isTrue();
        return Objects.requireNonNull(outbox.take());
    }

    private Pending pending() {
        String id = Integer.toString(next.getAndIncrement());
        Envelope envelope = Envelope.of(id, EventType.LOG, "urn:s", "t", Instant.EPOCH);
        return new Pending(new Event(envelope, new byte[500]), 0, null);
    }

    private void deliver(Pending pending) {
        outbox.deliver(pending, new Receipt.InKafka(pending.event().envelope(), "t", 0, 0));
    }
}
