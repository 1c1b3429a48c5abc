package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The oldest day that a table has a partition of, so that a listing need not look at times of which there is none. It may be
 * a minute old: how a listing parts the time decides how fast it is, and not what it finds. Thread-safe.
 */
final class OldestDays {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final String SQL = """
            SELECT min(right(leaf.relname, 8)) AS day
            FROM pg_catalog.pg_inherits AS i
            JOIN pg_catalog.pg_class AS parent ON parent.oid = i.inhparent
            JOIN pg_catalog.pg_class AS leaf ON leaf.oid = i.inhrelid
            WHERE parent.relname = ? AND leaf.relname ~ '_[0-9]{8}$'""";

    private final Database database;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(OffsetDateTime day, OffsetDateTime looked) {}

    OldestDays(Database database) {
        this.database = database;
    }

    /** Its beginning; the beginning of today if there is none. */
    OffsetDateTime of(String table, OffsetDateTime now) throws StoreUnavailableException {
        Known last = known.get(table);
        if (last == null || last.looked().plus(KEPT).isBefore(now)) {
            last = new Known(look(table, now), now);
            known.put(table, last);
        }
        return last.day();
    }

    private OffsetDateTime look(String table, OffsetDateTime now) throws StoreUnavailableException {
        JsonNode day = database.rows(SqlQuery.of(SQL, table)).getFirst().get("day");
        LocalDate oldest =
                day.isNull() ? now.toLocalDate() : LocalDate.parse(day.stringValue(), DateTimeFormatter.BASIC_ISO_DATE);
        return oldest.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
