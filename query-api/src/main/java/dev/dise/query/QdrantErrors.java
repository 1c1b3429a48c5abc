package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import io.grpc.Status;
import io.grpc.Status.Code;

/** Sorts what Qdrant says by its gRPC status: not there yet, not now, or wrong set-up. */
final class QdrantErrors {
    private QdrantErrors() {}

    /** Whether the collection is not there yet, as before the first artifact. */
    static boolean isMissingCollection(Throwable e) {
        return Status.fromThrowable(e).getCode() == Code.NOT_FOUND;
    }

    /**
     * The exception to throw.
     *
     * @throws StoreUnavailableException if the same question may have an answer later
     */
    static RuntimeException sorted(Throwable e) throws StoreUnavailableException {
        Code code = Status.fromThrowable(e).getCode();
        return switch (code) {
            case INVALID_ARGUMENT, UNIMPLEMENTED, FAILED_PRECONDITION, OUT_OF_RANGE ->
                new IllegalStateException("Qdrant refuses a request, status " + code, e);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                throw new StoreUnavailableException("Qdrant refuses the key of the query service", e);
            case DEADLINE_EXCEEDED ->
                throw new StoreUnavailableException(
                        "Qdrant took longer than " + VectorStore.DEADLINE.toSeconds() + " s", e);
            default -> throw new StoreUnavailableException("Qdrant does not answer", e);
        };
    }
}
