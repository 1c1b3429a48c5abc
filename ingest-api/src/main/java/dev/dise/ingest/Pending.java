package dev.dise.ingest;

import dev.dise.schemas.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event on its way. Its outcome is decided once, whoever decides first: the producer, a deadline or the closing. */
final class Pending {
    /** What an event takes on the heap beside its data, roughly; so that a million tiny events do not fill it. */
    static final int OVERHEAD_BYTES = 512;

    private final Event event;
    private final long deadlineNanos;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<Receipt> outcome = new CompletableFuture<>();

    Pending(Event event, long deadlineNanos) {
        this.event = event;
        this.deadlineNanos = deadlineNanos;
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

    boolean isExpired(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /** True for the first caller, who must then complete the outcome. */
    boolean decide() {
        return decided.compareAndSet(false, true);
    }

    boolean isSettled() {
        return outcome.isDone();
    }

    /** Completed on whatever thread decides, the producer's among them: only this package's own code may hang on it. */
    CompletableFuture<Receipt> outcome() {
        return outcome;
    }
}
