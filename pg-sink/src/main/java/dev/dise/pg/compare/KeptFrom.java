package dev.dise.pg.compare;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * From when on rows are kept, by table.
 *
 * @param byTable the first moment of the first day that stays; a table that is not in it keeps its rows for ever
 */
record KeptFrom(Map<String, Instant> byTable) {
    KeptFrom {
        byTable = Map.copyOf(byTable);
    }

    static KeptFrom of(Map<String, Duration> retention, Instant now) {
        Map<String, Instant> times = new HashMap<>();
        retention.forEach((table, kept) -> times.put(
                table,
                LocalDate.ofInstant(now.minus(kept), ZoneOffset.UTC)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)));
        return new KeptFrom(times);
    }

    /** For a statement; the driver writes the least time as {@code -infinity}. */
    OffsetDateTime parameter(String table) {
        Instant from = byTable.get(table);
        return from == null ? OffsetDateTime.MIN : from.atOffset(ZoneOffset.UTC);
    }
}
