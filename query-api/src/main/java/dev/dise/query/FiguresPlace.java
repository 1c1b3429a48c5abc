package dev.dise.query;

import dev.dise.query.paging.Cursor;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A group's place among figures.
 *
 * @param bucket the begin of its length of time; null where there are none
 * @param since from when on measurements count; null if all do
 */
record FiguresPlace(
        @Nullable OffsetDateTime bucket,
        String tool,
        String metric,
        @Nullable OffsetDateTime since) {

    static FiguresPlace of(JsonNode group, @Nullable OffsetDateTime since) {
        return new FiguresPlace(
                time(group.path("bucket").asString("")),
                group.get("tool_id").stringValue(),
                group.get("metric_name").stringValue(),
                since);
    }

    static FiguresPlace parse(String path, Parameters parameters, String cursor) {
        List<String> parts = Cursor.place(path, parameters, cursor);
        if (parts.size() != 4) {
            throw Cursor.malformed();
        }
        try {
            return new FiguresPlace(time(parts.get(0)), parts.get(1), parts.get(2), time(parts.get(3)));
        } catch (DateTimeException e) {
            throw Cursor.malformed();
        }
    }

    String cursor(String path, Parameters parameters) {
        return Cursor.of(path, parameters, List.of(text(bucket), tool, metric, text(since)));
    }

    /** The measurements of all groups behind this one. */
    Condition behind(@Nullable Duration length) {
        if (bucket == null || length == null) {
            return new Condition("(tool_id, metric_name) > (?, ?)", List.of(tool, metric));
        }
        return new Condition(
                "event_time < ? AND (event_time < ? OR (tool_id, metric_name) > (?, ?))",
                List.of(bucket.plus(length), bucket, tool, metric));
    }

    private static @Nullable OffsetDateTime time(String text) {
        return text.isEmpty() ? null : Instant.parse(text).atOffset(ZoneOffset.UTC);
    }

    private static String text(@Nullable OffsetDateTime time) {
        return time == null ? "" : EnvelopeHeaders.formatTime(time.toInstant());
    }
}
