package dev.dise.embedding;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;

/** A server answered, but not with vectors. Says nothing of the answer's text, which may repeat ours. */
final class ProviderRefusedException extends HttpException {
    /** What a server asks for is believed up to this. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final String retryAfter;

    ProviderRefusedException(int status, String retryAfter) {
        super(status, "HTTP status " + status);
        this.retryAfter = retryAfter;
    }

    /** How long it wants to be left alone (RFC 9110, 10.2.3, in seconds); zero if it does not say. */
    Duration retryAfter() {
        try {
            long seconds = Math.max(0, Long.parseLong(retryAfter.strip()));
            return Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        } catch (NumberFormatException e) {
            // Absent, or a date: the usual wait will do.
            return Duration.ZERO;
        }
    }
}
