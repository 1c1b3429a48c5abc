package dev.dise.query.facts;

import dev.dise.query.Parameters;
import dev.dise.query.paging.Cursor;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where a version stands among those of its tool, which are the newest first. */
record VersionPlace(OffsetDateTime time, long offset) {
    /** Before all of them; the time is infinity to PostgreSQL. */
    private static final VersionPlace BEGINNING = new VersionPlace(OffsetDateTime.MAX, Long.MAX_VALUE);

    /** The place of a row. */
    static VersionPlace of(JsonNode row) {
        return parse(
                row.get("event_time").stringValue(), row.get("source_offset").asString());
    }

    /** Behind what a page begins. */
    static VersionPlace of(String toolId, Parameters parameters) {
        return parameters
                .one(Cursor.AFTER)
                .map(cursor -> parse(Cursor.place(path(toolId), parameters, cursor)))
                .orElse(BEGINNING);
    }

    /** The cursor that leads here. */
    String cursor(String toolId, Parameters parameters) {
        String at = EnvelopeHeaders.formatTime(time.toInstant());
        return Cursor.of(path(toolId), parameters, List.of(at, Long.toString(offset)));
    }

    private static VersionPlace parse(List<String> parts) {
        if (parts.size() != 2) {
            throw Cursor.malformed();
        }
        try {
            return parse(parts.getFirst(), parts.getLast());
        } catch (DateTimeException | NumberFormatException e) {
            throw Cursor.malformed();
        }
    }

    private static VersionPlace parse(String time, String offset) {
        return new VersionPlace(Instant.parse(time).atOffset(ZoneOffset.UTC), Long.parseLong(offset));
    }

    private static String path(String toolId) {
        return "/v1/tools/" + toolId + "/versions";
    }
}
