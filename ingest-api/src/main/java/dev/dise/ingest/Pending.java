package dev.dise.ingest;

import dev.dise.ingest.spool.StoredRecord;
import dev.dise.schemas.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An event in memory. It leaves once, whoever decides first: the producer that delivered it, a deadline, the closing, or the
 * spool that took it over.
 */
final class Pending {
    /** What an event takes on the heap beside its data, roughly; so that a million tiny events do not fill it. */
    static final int OVERHEAD_BYTES = 512;

    private static final int OPEN = 0;
    private static final int CLAIMED = 1;
    private static final int SETTLED = 2;

    private static final AtomicIntegerFieldUpdater<Pending> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Pending.class, "state");

    private final Event event;
    private final long emittedNanos;
    private final @Nullable CompletableFuture<Receipt> outcome;
    private volatile int state;
    private volatile @Nullable Receipt receipt;
    private volatile @Nullable StoredRecord stored;

    /**
     * @param emittedNanos when it was emitted
     * @param outcome completed once it is decided; null if nobody asks
     */
    Pending(Event event, long emittedNanos, @Nullable CompletableFuture<Receipt> outcome) {
        this.event = event;
        this.emittedNanos = emittedNanos;
        this.outcome = outcome;
    }

    Event event() {
        return event;
    }

    String id() {
        return event.envelope().id();
    }

    /** What it counts against the buffer's bound. */
    long bytes() {
        return (long) event.data().length + OVERHEAD_BYTES;
    }

    boolean isOlderThan(long nanos, long nowNanos) {
        return nowNanos - emittedNanos - nanos > 0;
    }

    /** True for the first caller, who must then complete the outcome. */
    boolean decide() {
        return STATE.compareAndSet(this, OPEN, SETTLED);
    }

    /** Keeps others from deciding for a while; true for the first caller, who must then settle or release it. */
    boolean claim() {
        return STATE.compareAndSet(this, OPEN, CLAIMED);
    }

    /** Whoever has claimed it has decided. */
    void settle() {
        state = SETTLED;
    }

    /** Whoever has claimed it leaves it to others after all. */
    void release() {
        state = OPEN;
    }

    boolean isSettled() {
        return state == SETTLED;
    }

    /** The record of the spool that stands for it from now on. */
    void storedAs(StoredRecord newStored) {
        stored = newStored;
        if (receipt != null) {
            newStored.acknowledge();
        }
    }

    /** Kafka has it, though somebody else has settled it; so the spool need not keep it. */
    void acknowledge(Receipt newReceipt) {
        receipt = newReceipt;
        forget();
    }

    /** The spool need not keep it. */
    void forget() {
        StoredRecord record = stored;
        if (record != null) {
            record.acknowledge();
        }
    }

    /** Kafka's, where it came after somebody else had settled the event. */
    @Nullable
    Receipt receipt() {
        return receipt;
    }

    boolean isAwaited() {
        return outcome != null;
    }

    /** On whatever thread decides, the producer's among them: only this package's own code may hang on the outcome. */
    void complete(Receipt receipt) {
        if (outcome != null) {
            outcome.complete(receipt);
        }
    }

    void fail(DropReason reason) {
        if (outcome != null) {
            outcome.completeExceptionally(new NotDeliveredException(id(), reason));
        }
    }
}
