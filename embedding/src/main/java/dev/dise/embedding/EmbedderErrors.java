package dev.dise.embedding;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sorts what embedders throw: the text is at fault, the embedder is away, or something is wrong that no waiting mends. */
public final class EmbedderErrors {
    private EmbedderErrors() {}

    /** Whether the texts are at fault: others may have their vectors. */
    public static boolean isAboutTexts(RuntimeException e) {
        ProviderRefusedException refusal = find(e, ProviderRefusedException.class);
        return refusal != null
                && switch (refusal.statusCode()) {
                    case 400, 413, 422 -> true;
                    default -> false;
                };
    }

    /**
     * The error to go on with where no text is at fault.
     *
     * @throws RuntimeException if waiting does not help: a wrong key, a model that is not there, a bug
     */
    public static StoreUnavailableException sorted(RuntimeException e) {
        ProviderRefusedException refusal = find(e, ProviderRefusedException.class);
        if (refusal != null) {
            return sorted(refusal);
        }
        if (find(e, IOException.class) != null) {
            return new StoreUnavailableException("the embedder does not answer, or not with vectors", e);
        }
        throw e;
    }

    private static StoreUnavailableException sorted(ProviderRefusedException refusal) {
        int status = refusal.statusCode();
        return switch (status) {
            case 401, 403 ->
                throw new IllegalStateException(
                        "the embedder refuses the key, HTTP status " + status + ": set rag.embedding.api_key", refusal);
            case 404 ->
                throw new IllegalStateException(
                        "the embedder does not know the model or the address, HTTP status 404: compare"
                                + " rag.embedding.url and rag.embedding.model with what it serves",
                        refusal);
            default ->
                StoreUnavailableException.notBefore(
                        refusal.retryAfter(), "the embedder cannot work now, HTTP status " + status, refusal);
        };
    }

    private static <T> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
