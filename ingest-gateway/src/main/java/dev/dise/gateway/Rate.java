package dev.dise.gateway;

import dev.dise.runtime.keys.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How fast a caller may bring events. Thread-safe; all requests of a key share one. */
final class Rate {
    private static final Rate UNLIMITED = new Rate(List.of(), List.of());

    private final List<TokenBucket> events;
    private final List<TokenBucket> bytes;

    private Rate(List<TokenBucket> events, List<TokenBucket> bytes) {
        this.events = events;
        this.bytes = bytes;
    }

    static Rate unlimited() {
        return UNLIMITED;
    }

    static Rate of(long eventsPerSecond, long bytesPerSecond, LongSupplier nanoClock) {
        return new Rate(
                List.of(new TokenBucket(eventsPerSecond, eventsPerSecond, nanoClock)),
                List.of(new TokenBucket(bytesPerSecond, bytesPerSecond, nanoClock)));
    }

    /**
     * Lets a request begin.
     *
     * @throws ProblemException 429 if the caller has brought too much just now
     */
    void admit() {
        Duration debt = debt();
        if (!debt.isZero()) {
            throw new ProblemException(Problem.rate(debt));
        }
    }

    /** Counts what was brought. */
    void charge(long newEvents, long newBytes) {
        events.forEach(bucket -> bucket.take(newEvents));
        bytes.forEach(bucket -> bucket.take(newBytes));
    }

    /** Waits until the caller may bring more: what a stream does, since it cannot be sent again. */
    void await() throws InterruptedException {
        for (Duration debt = debt(); !debt.isZero(); debt = debt()) {
            TimeUnit.NANOSECONDS.sleep(debt.toNanos());
        }
    }

    private Duration debt() {
        if (events.isEmpty() && bytes.isEmpty()) {
            return Duration.ZERO;
        }
        Duration longest = Duration.ZERO;
        for (List<TokenBucket> buckets : List.of(events, bytes)) {
            for (TokenBucket bucket : buckets) {
                Duration debt = bucket.debt();
                longest = debt.compareTo(longest) > 0 ? debt : longest;
            }
        }
        return longest;
    }
}
