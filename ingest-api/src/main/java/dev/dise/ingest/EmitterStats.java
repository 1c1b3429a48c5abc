package dev.dise.ingest;

import java.util.Map;

/**
 * The books of an emitter. Once it is idle, {@code accepted + recovered = delivered + all of dropped + buffered + spooled};
 * while it works the figures are read one after the other.
 *
 * @param accepted events given to {@code emit} or {@code send}
 * @param recovered events found in the spool at the start, left by earlier processes; a damaged place counts as one, which is
 *     dropped
 * @param delivered events that Kafka has acknowledged
 * @param dropped events dropped, by reason; reasons without drops are left out
 * @param buffered events in memory
 * @param bufferedBytes what those count against the buffer's bound
 * @param spooled events on disk
 * @param spooledBytes what the spool takes on disk
 */
public record EmitterStats(
        long accepted,
        long recovered,
        long delivered,
        Map<DropReason, Long> dropped,
        long buffered,
        long bufferedBytes,
        long spooled,
        long spooledBytes) {
    public EmitterStats {
        dropped = Map.copyOf(dropped);
    }

    /** How many events were dropped. */
    public long lost() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
