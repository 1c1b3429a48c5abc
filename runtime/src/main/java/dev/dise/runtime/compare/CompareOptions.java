package dev.dise.runtime.compare;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param since only what the topic got then or later; null for all that it has
 * @param repair whether what is found is mended
 * @param limit findings that are listed at most; all are counted
 */
public record CompareOptions(@Nullable Instant since, boolean repair, int limit) {
    public CompareOptions {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is not negative, but is " + limit);
        }
    }

    /** Everything, and only looking. */
    public static CompareOptions everything() {
        return new CompareOptions(null, false, 100);
    }

    /** The same, mending what is found. */
    public CompareOptions withRepair() {
        return new CompareOptions(since, true, limit);
    }

    /** The same, only what the topic got then or later. */
    public CompareOptions withSince(@Nullable Instant time) {
        return new CompareOptions(time, repair, limit);
    }
}
