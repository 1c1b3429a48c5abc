package dev.dise.ingest;

import java.util.List;
import java.util.Map;

/**
 * What was not delivered of the events emitted before a flush.
 *
 * @param pending events that are still under way in memory
 * @param spooled events on disk, which will be delivered by this process or by the next that opens the spool
 * @param dropped events dropped since the report before this one, by reason; reasons without drops are left out
 * @param firstIds ids of the first few that were dropped or are pending, the dropped ones first
 */
public record FlushReport(long pending, long spooled, Map<DropReason, Long> dropped, List<String> firstIds) {
    /** The most ids that a report names. */
    public static final int MAX_IDS = 10;

    public FlushReport {
        dropped = Map.copyOf(dropped);
        firstIds = List.copyOf(firstIds);
    }

    /** How many events were not delivered. */
    public long undelivered() {
        return pending + spooled + lost();
    }

    /** How many events were dropped. */
    public long lost() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether Kafka has acknowledged every event. */
    public boolean isComplete() {
        return undelivered() == 0;
    }
}
