package dev.dise.ingest;

import java.util.Map;

/**
 * The books of an emitter. Once it is idle, {@code accepted = delivered + all of dropped + buffered}; while it works the
 * figures are read one after the other.
 *
 * @param accepted events given to {@code emit} or {@code send}
 * @param delivered events that Kafka has acknowledged
 * @param dropped events dropped, by reason; reasons without drops are left out
 * @param buffered events that are waiting for an acknowledgement
 * @param bufferedBytes what those count against the buffer's bound
 */
public record EmitterStats(
        long accepted, long delivered, Map<DropReason, Long> dropped, long buffered, long bufferedBytes) {
    public EmitterStats {
        dropped = Map.copyOf(dropped);
    }
}
