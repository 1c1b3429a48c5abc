package dev.dise.rag.store;

import dev.dise.runtime.sink.RetryAfter;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Sorts what Qdrant answers by its gRPC code. The one place that knows the codes. */
public final class QdrantErrors {
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

    private QdrantErrors() {}

    /** Whether a point of the request will never be accepted, whoever else is in the request. */
    public static boolean isAboutPoints(Throwable failure) {
        return codeOf(failure) == Status.Code.INVALID_ARGUMENT;
    }

    /** Whether an answer would be larger than the client takes, or more than Qdrant gives at once: less may work. */
    public static boolean isTooMuch(Throwable failure) {
        return codeOf(failure) == Status.Code.RESOURCE_EXHAUSTED;
    }

    /** Whether what was to be made is there. */
    public static boolean isThereAlready(Throwable failure) {
        return codeOf(failure) == Status.Code.ALREADY_EXISTS;
    }

    /** Whether what is asked of is not there. */
    public static boolean isGone(Throwable failure) {
        return codeOf(failure) == Status.Code.NOT_FOUND;
    }

    /**
     * What the same call may survive later, as that; the rest means that a person must act.
     *
     * @throws IllegalStateException if Qdrant or the config is set up wrongly
     */
    public static StoreUnavailableException sorted(Throwable failure) {
        return switch (codeOf(failure)) {
            case UNAVAILABLE,
                    DEADLINE_EXCEEDED,
                    RESOURCE_EXHAUSTED,
                    INTERNAL,
                    ABORTED,
                    CANCELLED,
                    UNKNOWN,
                    FAILED_PRECONDITION ->
                StoreUnavailableException.notBefore(
                        retryAfter(failure), "Qdrant is unavailable: " + codeOf(failure), failure);
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                throw new IllegalStateException(
                        "Qdrant and this config do not fit together: " + codeOf(failure)
                                + "; check rag.qdrant and that the collection was not removed",
                        failure);
        };
    }

    /** How long Qdrant wants to be left alone; zero if it does not say. */
    private static Duration retryAfter(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        return RetryAfter.parse(trailers == null ? null : trailers.get(RETRY_AFTER));
    }

    private static boolean isWrapping(Throwable failure) {
        return failure instanceof ExecutionException || failure instanceof IllegalStateException;
    }

    private static Status.Code codeOf(Throwable failure) {
        Throwable cause = failure;
        while (isWrapping(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof StatusRuntimeException status) {
            return status.getStatus().getCode();
        }
        return cause instanceof TimeoutException ? Status.Code.DEADLINE_EXCEEDED : Status.Code.UNKNOWN;
    }
}
