package dev.dise.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** From memory straight to Kafka: what is not acknowledged within the delivery timeout is dropped. */
final class DirectCourse implements Course {
    private static final long RETRY_PAUSE = Duration.ofMillis(50).toNanos();

    private final Outbox outbox;
    private final Handover handover;
    private final long deliveryNanos;
    private final Pauses pauses;
    private final LongSupplier nanoClock;
    /** Taken, but not yet by the producer. */
    private @Nullable Pending held;

    DirectCourse(Outbox outbox, Handover handover, Duration deliveryTimeout, Pauses pauses, LongSupplier nanoClock) {
        this.outbox = outbox;
        this.handover = handover;
        this.deliveryNanos = deliveryTimeout.toNanos();
        this.pauses = pauses;
        this.nanoClock = nanoClock;
    }

    @Override
    public boolean step() {
        if (held == null) {
            held = outbox.take();
        }
        if (held == null) {
            return false;
        }
        handOver(held);
        return true;
    }

    @Override
    public void relieve() {
        // Only acknowledgements make room.
    }

    @Override
    public boolean waitForRoom(Pending pending) {
        return false;
    }

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public void startAfresh(Throwable failure) {
        handover.giveUp(failure);
        held = null;
        outbox.recall();
    }

    @Override
    public DropReason noRoom() {
        return DropReason.BUFFER_FULL;
    }

    @Override
    public SpoolBooks spool() {
        return SpoolBooks.NONE;
    }

    @Override
    public void close() {
        handover.close();
    }

    private void handOver(Pending pending) {
        if (pending.isOlderThan(deliveryNanos, nanoClock.getAsLong())) {
            outbox.drop(pending, DropReason.DELIVERY_TIMEOUT);
            held = null;
        } else if (handover.offer(EventRecords.encode(pending.event()), new Answer(pending)) == Handover.Result.TAKEN) {
            held = null;
        } else {
            pauses.sleep(RETRY_PAUSE);
        }
    }

    private final class Answer implements Handover.Answer {
        private final Pending pending;

        Answer(Pending pending) {
            this.pending = pending;
        }

        @Override
        public void isIn(String topic, int partition, long offset) {
            handover.isGood();
            outbox.deliver(pending, new Receipt.InKafka(pending.event().envelope(), topic, partition, offset));
        }

        @Override
        public void isNotIn(Exception failure) {
            outbox.drop(pending, pauses.isEnding() ? DropReason.CLOSED : DropReason.of(failure));
        }
    }
}
