package dev.dise.embedding;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;

/** A server answered, but not with vectors. Says nothing of the answer's text, which may repeat ours. */
final class ProviderRefusedException extends HttpException {
    private final Duration retryAfter;

    ProviderRefusedException(int status, Duration retryAfter) {
        super(status, "HTTP status " + status);
        this.retryAfter = retryAfter;
    }

    /** How long it wants to be left alone; zero if it does not say. */
    Duration retryAfter() {
        return retryAfter;
    }
}
