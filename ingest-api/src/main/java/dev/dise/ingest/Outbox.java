package dev.dise.ingest;

import java.util.ArrayList;
import java.util.Collection;
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
    /** Given back by the producer: older than all that wait. */
    private final Deque<Pending> again = new ConcurrentLinkedDeque<>();

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

    /** Takes the event over if it fits. */
    boolean offer(Pending pending) {
        long size = pending.bytes();
        if (bytes.addAndGet(size) > maxBytes) {
            bytes.addAndGet(-size);
            return false;
        }
        accepted.increment();
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
        Pending first = again.isEmpty() ? waiting.peek() : again.peek();
        if (first != null) {
            // In this order, so that whoever looks at `waiting` and then at `taken` misses none.
            taken.add(first);
            removeFirst();
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
     * Events of the producer that it has not settled, oldest first, of about that size together. They count as settled now;
     * what becomes of them in the producer they remember.
     */
    List<Pending> claimUnderWay(long size) {
        forgetSettled();
        List<Pending> claimed = new ArrayList<>();
        long sum = 0;
        for (Pending pending : taken) {
            if (sum > size) {
                return claimed;
            }
            if (pending.decide()) {
                claimed.add(pending);
                sum += pending.bytes();
            }
        }
        return claimed;
    }

    /** Could not go elsewhere after all. */
    void giveBack(Pending claimed) {
        claimed.undecide();
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
        List<Pending> lost = new ArrayList<>(
                taken.stream().filter(pending -> !pending.isSettled()).toList());
        lost.addAll(again);
        again.clear();
        again.addAll(lost);
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
        first.forEach(each -> removeFirst());
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

    private void removeFirst() {
        if (again.isEmpty()) {
            waiting.poll();
        } else {
            again.poll();
        }
    }

    private void forgetSettled() {
        for (Pending first = taken.peek(); first != null && first.isSettled(); first = taken.peek()) {
            taken.poll();
        }
    }
}
