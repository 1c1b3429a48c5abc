package dev.dise.operations.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is now.
 *
 * @param kind what is done, as in {@code rebuild}
 * @param by who began it
 * @param phase what it is at, in a word or two; empty at the beginning
 * @param done of the phase
 * @param total of the phase; 0 if it is not known
 * @param result what came of it; null until it is done
 * @param problem why it failed, for a person; null unless it did
 */
public record JobView(
        String id,
        String kind,
        String by,
        JobState state,
        Instant startedAt,
        @Nullable Instant endedAt,
        String phase,
        long done,
        long total,
        @Nullable Object result,
        @Nullable String problem) {}
