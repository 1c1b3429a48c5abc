package dev.dise.pg.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the books: what became of the events of a type that were accepted within a minute.
 *
 * @param type wire name; {@code -} of what says no known one; null of all
 * @param minute by the broker's clock; null of all
 * @param accepted records of {@code dise.events}
 * @param stored in each store that they belong to
 * @param superseded older versions of an entity that a newer one has replaced
 * @param repeated the same event again, or sent again from a dead letter
 * @param deadLettered refused, with a dead letter that nobody has taken care of
 * @param inFlight not yet reached by the router or a sink
 * @param discarded refused, and discarded by an operator
 * @param forgotten removed on purpose, with all that is about their subject
 * @param expired left by the retention of their table
 * @param unrouted of a type that the config stores nowhere
 * @param difference what nothing explains
 */
public record Account(
        @Nullable String type,
        @Nullable Instant minute,
        long accepted,
        long stored,
        long superseded,
        long repeated,
        long deadLettered,
        long inFlight,
        long discarded,
        long forgotten,
        long expired,
        long unrouted,
        long difference) {
    /** How the books are summed up. */
    public enum By {
        TOTAL,
        TYPE,
        MINUTE,
        /** By type and minute. */
        BOTH
    }
}
