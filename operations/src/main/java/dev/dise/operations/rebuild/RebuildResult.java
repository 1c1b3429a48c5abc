package dev.dise.operations.rebuild;

import dev.dise.rag.generations.Overlap;
import dev.dise.runtime.generations.RebuildReport;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild has done.
 *
 * @param overlap how much the new model agrees with the one before; null where there is no new model
 */
public record RebuildResult(RebuildReport report, @Nullable Overlap overlap) {}
