package dev.dise.ingest;

import dev.dise.ingest.spool.SpoolSettings;
import java.time.Duration;

/** What becomes of events that do not fit in memory, or that Kafka does not acknowledge in time. */
public sealed interface Overflow {
    /** They go to disk, survive the process, and are delivered in order once Kafka is back. Nothing expires. */
    record Spool(SpoolSettings settings) implements Overflow {}

    /** The event that does not fit is dropped and counted. */
    record DropNewest() implements Overflow {}

    /** The oldest events that are not under way yet are dropped and counted, until the new one fits. */
    record DropOldest() implements Overflow {}

    /**
     * The caller waits for room, and the event is dropped and counted if none comes: the only choice that holds up a tool.
     *
     * @param timeout how long at most
     */
    record Block(Duration timeout) implements Overflow {
        public Block {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("timeout must not be negative but is " + timeout);
            }
        }
    }
}
