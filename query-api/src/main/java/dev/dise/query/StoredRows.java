package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Whether PostgreSQL has an event; a look into one index, wherever it can be. */
record StoredRows(Database database) {
    private static final int VERSION_OF_OURS = 7;

    boolean have(SoughtEvent event) throws StoreUnavailableException {
        for (SqlQuery query : queries(event)) {
            if (database.rows(query).getFirst().get("found").booleanValue()) {
                return true;
            }
        }
        return false;
    }

    /** What is to be asked until one has it. */
    static List<SqlQuery> queries(SoughtEvent event) {
        return switch (event.type()) {
            case LOG -> ofDay("tool_logs", event);
            case DEBUG_DATA -> ofDay("tool_debug_data", event);
            case PERF_DATA -> ofDay("tool_performance", event);
            case CONVERSATION -> ofDay("conversations", event);
            case FAILURE -> List.of(byId("tool_failures", event));
            case ANCESTRY -> List.of(byId("tool_ancestry", event));
            case BUG_REPORT, GENERATED_TOOL, EVALUATION, PERFORMANCE -> List.of(version(event));
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX -> List.of(version(event));
            case DELETION -> throw new IllegalArgumentException("a deletion is looked for as its target");
        };
    }

    /**
     * The time tells the one partition to look into. An id that was made on the day of the event can be nowhere else; another
     * one is the sender's own, and the same may have come before with another time.
     */
    private static List<SqlQuery> ofDay(String view, SoughtEvent event) {
        SqlQuery onItsDay =
                found("FROM " + view + " WHERE event_id = ? AND event_time = ?", event.uuid(), event.time());
        return isIdOfItsDay(event) ? List.of(onItsDay) : List.of(onItsDay, byId(view, event));
    }

    private static SqlQuery byId(String view, SoughtEvent event) {
        return found("FROM " + view + " WHERE event_id = ?", event.uuid());
    }

    /** The same event again is no version, even with a newer time. */
    private static SqlQuery version(SoughtEvent event) {
        return found(
                "FROM entity_versions WHERE type = ? AND subject = ? AND (event_time >= ? OR event_id = ?)",
                event.type().wireName(),
                event.subject(),
                event.time(),
                event.uuid());
    }

    private static SqlQuery found(String rows, Object... values) {
        return SqlQuery.of("SELECT EXISTS (SELECT " + rows + ") AS found", values);
    }

    /** As the sink decides which partitions it asks (RFC 9562, UUIDv7). */
    private static boolean isIdOfItsDay(SoughtEvent event) {
        UUID id = event.uuid();
        LocalDate made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
        return id.version() == VERSION_OF_OURS
                && made.equals(
                        event.time().withOffsetSameInstant(ZoneOffset.UTC).toLocalDate());
    }
}
