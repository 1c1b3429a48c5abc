package dev.dise.rag.backup;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.runtime.config.RagConfig.Qdrant;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what Qdrant answers, and says in a sentence where it does not. */
final class Answers {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Qdrant config;

    Answers(Qdrant config) {
        this.config = config;
    }

    <T> T await(ListenableFuture<T> answer) {
        try {
            return awaitRaw(answer);
        } catch (ExecutionException e) {
            throw refused(e);
        }
    }

    /** The same, for who knows what to do about a refusal. */
    <T> T awaitRaw(ListenableFuture<T> answer) throws ExecutionException {
        try {
            return answer.get(DEADLINE.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Qdrant", e);
        }
    }

    IllegalStateException refused(Throwable cause) {
        return new IllegalStateException(
                "Qdrant at " + config.host() + ":" + config.grpcPort() + " refuses or is away: "
                        + Status.fromThrowable(cause).getCode(),
                cause);
    }

    static boolean isTooMuch(ExecutionException e) {
        return Status.fromThrowable(e).getCode() == Status.Code.RESOURCE_EXHAUSTED;
    }
}
