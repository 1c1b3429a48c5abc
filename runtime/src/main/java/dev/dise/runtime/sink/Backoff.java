package dev.dise.runtime.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time up to a limit, of which a random half at most is cut so
 * that workers do not come back all at once.
 *
 * @param random source of the jitter; seeded in tests
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
    /** 100 ms, doubling up to 30 s. */
    public static Backoff standard() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), RandomGenerator.getDefault());
    }

    /** The wait before the next try, after so many that failed. */
    public Duration after(int failures) {
        int doublings = Math.min(failures - 1, 20);
        long millis = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
