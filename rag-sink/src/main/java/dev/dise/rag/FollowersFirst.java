package dev.dise.rag;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets what follows write before what is live, of the same records: so readers who are switched see no less than before. A
 * follower that is late is waited for once, a fifth of a second; then not until it has caught up, so it never holds the live
 * one up for long. Only of halves in this process, which is where partitions are that it knows of. Thread-safe.
 */
final class FollowersFirst {
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<Integer, Map<Partition, Long>> places = new HashMap<>();
    private final Set<Integer> late = new HashSet<>();

    /** Notes that the generation has all before the end of these. */
    void wrote(int generation, Map<Partition, Span> spans) {
        lock.lock();
        try {
            Map<Partition, Long> known = places.computeIfAbsent(generation, g -> new HashMap<>());
            spans.forEach((partition, span) -> known.put(partition, span.to()));
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The generation is written no more. */
    void forget(int generation) {
        lock.lock();
        try {
            places.remove(generation);
            late.remove(generation);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns once the others have these records, or one of them is late. */
    void awaitOthers(int live, Map<Partition, Span> spans) {
        lock.lock();
        try {
            long left = PATIENCE;
            while (left > 0 && isAwaited(live, spans)) {
                left = moved.awaitNanos(left);
            }
            places.keySet().stream()
                    .filter(generation -> generation != live && isBehind(generation, spans))
                    .forEach(late::add);
        } catch (InterruptedException e) {
            // The half is stopping; whoever goes on writes the batch again.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isAwaited(int live, Map<Partition, Span> spans) {
        boolean isAwaited = false;
        for (int generation : places.keySet()) {
            if (generation != live) {
                boolean isBehind = isBehind(generation, spans);
                if (!isBehind) {
                    late.remove(generation);
                }
                isAwaited |= isBehind && !late.contains(generation);
            }
        }
        return isAwaited;
    }

    /** In partitions that it has read here: what it has not is another process'. */
    private boolean isBehind(int generation, Map<Partition, Span> spans) {
        Map<Partition, Long> known = places.getOrDefault(generation, Map.of());
        return spans.entrySet().stream()
                .anyMatch(span -> known.getOrDefault(span.getKey(), Long.MAX_VALUE)
                        < span.getValue().to());
    }
}
