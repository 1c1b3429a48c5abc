package dev.dise.pg.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Which days are over at one moment.
 *
 * @param byTable how long rows are kept; a table that is not in it keeps them for ever
 */
public record Retention(Map<String, Duration> byTable, Instant now) {

    /** The first day (UTC) whose rows stay: its last moment is younger than the retention. Empty for ever. */
    public Optional<LocalDate> firstKept(DailyTable table) {
        return Optional.ofNullable(byTable.get(table.tableName()))
                .map(kept -> LocalDate.ofInstant(now.minus(kept), ZoneOffset.UTC));
    }

    /** Whether the whole day is older than the retention. */
    boolean isOver(Leaf leaf) {
        return firstKept(leaf.table()).map(leaf.day()::isBefore).orElse(false);
    }
}
