package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.pg.Table;
import dev.dise.pg.archive.DailyTable;
import dev.dise.pg.archive.Retention;
import dev.dise.pg.archive.Session;
import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.sink.Partition;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What two generations can both have: of tables with a retention the rows that are young enough, and of a topic that has
 * lost its beginning the rows behind that.
 *
 * @param firstKept by table: when the first day begins that its retention leaves
 * @param begins the oldest offset of each partition that there still is, where something is gone; empty if nothing is
 */
record Horizon(Map<String, Instant> firstKept, Map<Partition, Long> begins) {
    Horizon {
        firstKept = Map.copyOf(firstKept);
        begins = Map.copyOf(begins);
    }

    static Horizon at(Instant now, Keeping keeping, Map<Partition, Long> begins) {
        Retention retention = new Retention(keeping.retention(), now);
        Map<String, Instant> firstKept = new HashMap<>();
        for (DailyTable table : DailyTable.values()) {
            retention
                    .firstKept(table)
                    .ifPresent(day ->
                            firstKept.put(table.tableName(), day.atStartOfDay().toInstant(ZoneOffset.UTC)));
        }
        Map<Partition, Long> lost = new HashMap<>(begins);
        lost.values().removeIf(begin -> begin == 0);
        return new Horizon(firstKept, lost);
    }

    /** The same without what the live generation has archived, whatever the retention was then. */
    Horizon behindArchives(Session session, Generation live) throws SQLException {
        Map<String, Instant> later = new HashMap<>(firstKept);
        for (Map.Entry<String, Instant> archived : session.list(
                "SELECT table_name, max(last_time) FROM " + live.schema() + ".archives GROUP BY table_name",
                row -> Map.entry(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))) {
            Instant nextDay = archived.getValue().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
            later.merge(archived.getKey(), nextDay, (one, other) -> one.isAfter(other) ? one : other);
        }
        return new Horizon(later, begins);
    }

    Optional<Instant> firstKept(Table table) {
        return Optional.ofNullable(firstKept.get(table.name()));
    }

    /** Whether the topic has all that there ever was. */
    boolean isWhole() {
        return begins.isEmpty();
    }
}
