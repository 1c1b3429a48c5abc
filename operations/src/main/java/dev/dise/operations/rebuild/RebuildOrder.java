package dev.dise.operations.rebuild;

import dev.dise.runtime.generations.RebuildOptions;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rebuilt, and how.
 *
 * @param model of Qdrant alone: embeds {@code dise.rag} with it; null for the live one, which embeds nothing
 */
public record RebuildOrder(RebuildOptions options, @Nullable NewModelOrder model) {
    /** With the model that is live. */
    public static RebuildOrder of(RebuildOptions options) {
        return new RebuildOrder(options, null);
    }
}
