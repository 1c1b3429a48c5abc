package dev.dise.runtime.sink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a server that is overloaded wants to be left alone (RFC 9110, 10.2.3). */
public final class RetryAfter {
    /** What a server asks for is believed up to this. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private RetryAfter() {}

    /**
     * Reads the header's value.
     *
     * @param value a number of seconds; null if there is no header
     * @return at most ten minutes; zero if it does not say, or says a date: then the usual wait will do
     */
    public static Duration parse(@Nullable String value) {
        try {
            long seconds = value == null ? 0 : Math.max(0, Long.parseLong(value.strip()));
            return Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
