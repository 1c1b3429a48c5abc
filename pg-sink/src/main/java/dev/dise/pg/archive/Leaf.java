package dev.dise.pg.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The partition of one day, in UTC. */
record Leaf(DailyTable table, LocalDate day) {
    /** How long after its day a partition still gets most of its late rows. */
    private static final Duration LATE = Duration.ofHours(2);

    String name() {
        return table.leaf(day);
    }

    /** Whether hardly any row will come any more. */
    boolean isClosed(Instant now) {
        return !now.isBefore(
                day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).plus(LATE));
    }
}
