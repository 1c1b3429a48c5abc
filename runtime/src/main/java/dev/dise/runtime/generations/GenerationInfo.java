package dev.dise.runtime.generations;

import dev.dise.schemas.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One generation as it is now.
 *
 * @param number counted from 1; never used twice
 * @param behind records of its topic that it does not have yet
 * @param detail what there is to know beside: the phase of a rebuild, the model of a collection; empty if nothing
 * @param startedAt when it was made; null if the store does not remember
 */
public record GenerationInfo(
        Store store,
        int number,
        GenerationState state,
        long behind,
        String detail,
        @Nullable Instant startedAt) {}
