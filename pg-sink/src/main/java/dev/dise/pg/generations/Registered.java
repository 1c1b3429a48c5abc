package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation as the database remembers it.
 *
 * @param phase how far its rebuild is, or what is still to be done with it; empty if nothing
 * @param switchedFrom the number of what readers saw before this one; null if they always saw this, or never
 */
public record Registered(
        Generation generation,
        Standing standing,
        String phase,
        Instant startedAt,
        @Nullable Integer switchedFrom) {
    /** What it is good for, as the column has it. */
    public enum Standing {
        BUILDING,
        FOLLOWING,
        LIVE,
        /** It is being removed; the sink lets go of it. */
        DROPPING;

        /** Whether the sink keeps it up to date. */
        public boolean isFollowed() {
            return this == FOLLOWING || this == LIVE;
        }
    }

    int number() {
        return generation.number();
    }
}
