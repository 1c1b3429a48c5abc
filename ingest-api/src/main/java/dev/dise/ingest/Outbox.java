package dev.dise.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The events in memory, in order and bounded in bytes, and the books about them. Any thread adds and settles without a lock;
 * one at a time takes.
 */
final class Outbox {
    private static final int SWEPT_PARTS = 4;

    /** Given back by the producer: older than all that wait. */
    private final Deque<Pending> again = new ConcurrentLinkedDeque<>();

    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Pending> taken = new ConcurrentLinkedQueue<>();
    private final long maxBytes;
    private final Drops drops;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    /** Belongs to whoever takes. */
    private long takenSinceSweep;

    Outbox(long maxBytes, Drops drops) {
        this.maxBytes = maxBytes;
        this.drops = drops;
    }

    /** Takes the event over if it fits. */
    boolean offer(Pending pending) {
        long before;
        do {
            before = bytes.get();
            if (pending.bytes() > maxBytes - before) {
                return false;
            }
        } while (!bytes.compareAndSet(before, before + pending.bytes()));
        accepted.increment();
        waiting.add(pending);
        return true;
    }

    /** Settles an event that never came in. */
    void refuse(Pending pending, DropReason reason) {
        refuse(reason, pending.id());
        pending.fail(reason);
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
        Pending first = first();
        // In this order, so that whoever looks at `waiting` and then at `taken` misses none.
        while (first != null && !(taken.add(first) && remove(first))) {
            // Somebody has dropped it meanwhile; being settled, it leaves `taken` by itself.
            first = first();
        }
        if (first != null) {
            sweepIfDue(first.bytes());
        }
        return first;
    }

    /** Drops the oldest event that nobody has taken; false if there is none. */
    boolean dropOldest() {
        Pending oldest = waiting.poll();
        if (oldest != null) {
            drop(oldest, DropReason.BUFFER_FULL);
        }
        return oldest != null;
    }

    /**
     * Events of the producer that it has not settled, oldest first, of about that size together. Nobody else settles them
     * until they are on disk or given back; what becomes of them in the producer they remember.
     */
    List<Pending> claimUnderWay(long size) {
        forgetSettled();
        List<Pending> claimed = new ArrayList<>();
        long sum = 0;
        for (Pending pending : taken) {
            if (sum > size) {
                return claimed;
            }
            if (pending.claim()) {
                claimed.add(pending);
                sum += pending.bytes();
            }
        }
        return claimed;
    }

    /** Could not go elsewhere after all. */
    void giveBack(Pending claimed) {
        claimed.release();
        Receipt receipt = claimed.receipt();
        if (receipt != null) {
            deliver(claimed, receipt);
        }
    }

    /** The oldest event of the producer that it has not settled. */
    @Nullable
    Pending oldestUnderWay() {
        forgetSettled();
        return taken.peek();
    }

    /** The producer is gone: what it had not settled is the first to be taken again. */
    void recall() {
        List<Pending> newestFirst = new ArrayList<>(
                taken.stream().filter(pending -> !pending.isSettled()).toList());
        Collections.reverse(newestFirst);
        newestFirst.forEach(again::addFirst);
        taken.clear();
    }

    /** Events that nobody has taken, oldest first, as many as have that size together, but at least one. */
    List<Pending> peek(long size) {
        List<Pending> first = new ArrayList<>();
        long sum = 0;
        Iterator<Pending> source = again.isEmpty() ? waiting.iterator() : again.iterator();
        while (source.hasNext()) {
            Pending next = source.next();
            sum += next.bytes();
            if (sum > size && !first.isEmpty()) {
                return first;
            }
            first.add(next);
        }
        return first;
    }

    /** Removes those that {@link #peek} gave: they are elsewhere now. */
    void remove(List<Pending> first) {
        first.forEach(this::remove);
    }

    boolean isEmpty() {
        return waiting.isEmpty() && again.isEmpty();
    }

    /** The event is on disk; memory has room for another. */
    void isSpooled(Pending pending) {
        bytes.addAndGet(-pending.bytes());
    }

    void deliver(Pending pending, Receipt receipt) {
        if (pending.decide()) {
            bytes.addAndGet(-pending.bytes());
            delivered.increment();
            pending.complete(receipt);
        } else {
            pending.acknowledge(receipt);
        }
    }

    /** False if somebody else had settled it. */
    boolean drop(Pending pending, DropReason reason) {
        if (pending.decide()) {
            bytes.addAndGet(-pending.bytes());
            drops.add(reason, pending.id());
            pending.fail(reason);
            return true;
        }
        return false;
    }

    /** What was added before this call and has no outcome yet, in the order of adding. */
    List<Pending> unsettled() {
        List<Pending> later = new ArrayList<>(waiting);
        Collection<Pending> all = new LinkedHashSet<>(taken);
        all.addAll(again);
        all.addAll(later);
        return all.stream().filter(pending -> !pending.isSettled()).toList();
    }

    /** What waits in memory, in bytes. */
    long bytes() {
        return bytes.get();
    }

    /** Whether that part of the bound, in hundredths, is taken. */
    boolean isFilledTo(int percent) {
        return bytes.get() > maxBytes / 100 * percent;
    }

    long accepted() {
        return accepted.sum();
    }

    long delivered() {
        return delivered.sum();
    }

    private @Nullable Pending first() {
        Pending given = again.peek();
        return given == null ? waiting.peek() : given;
    }

    /** Removes the very one, which is the first unless somebody was quicker; true for whoever did it. */
    private boolean remove(Pending first) {
        return again.peek() == first ? again.remove(first) : waiting.remove(first);
    }

    private void forgetSettled() {
        for (Pending first = taken.peek(); first != null && first.isSettled(); first = taken.peek()) {
            // The very one: another thread may be here too.
            taken.remove(first);
        }
    }

    /** Settled ones behind an older one that is not would fill the memory that they no longer count against. */
    private void sweepIfDue(long justTaken) {
        takenSinceSweep += justTaken;
        if (takenSinceSweep > maxBytes / SWEPT_PARTS) {
            takenSinceSweep = 0;
            taken.removeIf(Pending::isSettled);
        }
    }
}
