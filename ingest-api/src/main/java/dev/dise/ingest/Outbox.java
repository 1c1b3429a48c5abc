package dev.dise.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The events that were emitted and are not settled, in order and bounded in bytes, and the books about them. Any thread
 * adds and settles without a lock; one thread takes. A spool on disk would be asked where {@link #add} says no.
 */
final class Outbox {
    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Pending> taken = new ConcurrentLinkedQueue<>();
    private final long maxBytes;
    private final Drops drops;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder delivered = new LongAdder();

    Outbox(long maxBytes, Drops drops) {
        this.maxBytes = maxBytes;
        this.drops = drops;
    }

    /** Takes the event over, or settles it as dropped if it does not fit. */
    boolean add(Pending pending) {
        accepted.increment();
        if (bytes.addAndGet(pending.bytes()) > maxBytes) {
            drop(pending, DropReason.BUFFER_FULL);
            return false;
        }
        waiting.add(pending);
        return true;
    }

    /** Settles an event that never came in. */
    void refuse(Pending pending, DropReason reason) {
        accepted.increment();
        bytes.addAndGet(pending.bytes());
        drop(pending, reason);
    }

    /** Counts data that did not even become an event. */
    void refuse(DropReason reason, String eventId) {
        accepted.increment();
        drops.add(reason, eventId);
    }

    /** The oldest event that nobody has taken, or null. */
    @Nullable
    Pending take() {
        forgetSettled();
        Pending first = waiting.peek();
        if (first != null) {
            // In this order, so that whoever looks at `waiting` and then at `taken` misses none.
            taken.add(first);
            waiting.poll();
        }
        return first;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void deliver(Pending pending, Receipt receipt) {
        if (pending.decide()) {
            bytes.addAndGet(-pending.bytes());
            delivered.increment();
            pending.outcome().complete(receipt);
        }
    }

    void drop(Pending pending, DropReason reason) {
        if (pending.decide()) {
            bytes.addAndGet(-pending.bytes());
            drops.add(reason, pending.id());
            pending.outcome().completeExceptionally(new NotDeliveredException(pending.id(), reason));
        }
    }

    /** What was added before this call and has no outcome yet, in the order of adding. */
    List<Pending> unsettled() {
        List<Pending> later = new ArrayList<>(waiting);
        Collection<Pending> all = new LinkedHashSet<>(taken);
        all.addAll(later);
        return all.stream().filter(pending -> !pending.isSettled()).toList();
    }

    EmitterStats stats() {
        long settled = delivered.sum() + drops.total();
        return new EmitterStats(
                accepted.sum(), delivered.sum(), drops.byReason(), Math.max(0, accepted.sum() - settled), bytes.get());
    }

    private void forgetSettled() {
        for (Pending first = taken.peek(); first != null && first.isSettled(); first = taken.peek()) {
            taken.poll();
        }
    }
}
