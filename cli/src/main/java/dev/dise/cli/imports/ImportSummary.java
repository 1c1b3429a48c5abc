package dev.dise.cli.imports;

import dev.dise.schemas.EventType;
import java.util.Map;

/**
 * What became of all lines so far: {@code linesRead = imported + refused + blank}, always.
 *
 * @param linesRead lines, or entries of an {@code index.json}
 * @param imported lines that gave events
 * @param refused lines that gave none
 * @param blank lines with nothing in them
 * @param repeats lines whose artifact or tool was there before: newer versions of it
 * @param events events by type
 * @param refusals refused lines by reason
 * @param adjustments lines by what had to be changed about them
 */
public record ImportSummary(
        long linesRead,
        long imported,
        long refused,
        long blank,
        long repeats,
        Map<EventType, Long> events,
        Map<Refusal.Reason, Long> refusals,
        Map<Adjustment, Long> adjustments) {

    /** How many events there are of all types. */
    public long eventCount() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }
}
