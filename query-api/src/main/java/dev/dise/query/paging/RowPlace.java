package dev.dise.query.paging;

import dev.dise.query.Parameters;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row's place among rows that are the newest first.
 *
 * @param since from when on the list was asked for when it began: said as a length of time it would move on from page to
 *     page; null if all the past was
 */
public record RowPlace(
        OffsetDateTime time,
        UUID eventId,
        long id,
        @Nullable OffsetDateTime since) {

    /** The place of a row as it is told. */
    public static RowPlace of(ObjectNode row, @Nullable OffsetDateTime since) {
        return new RowPlace(
                time(row.get("event_time").stringValue()),
                UUID.fromString(row.get("event_id").stringValue()),
                row.get("id").longValue(),
                since);
    }

    /** The place that a cursor of this list has. */
    public static RowPlace parse(String path, Parameters parameters, String cursor) {
        List<String> parts = Cursor.place(path, parameters, cursor);
        if (parts.size() != 4) {
            throw Cursor.malformed();
        }
        try {
            return new RowPlace(
                    time(parts.get(0)),
                    UUID.fromString(parts.get(1)),
                    Long.parseLong(parts.get(2)),
                    parts.get(3).isEmpty() ? null : time(parts.get(3)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.malformed();
        }
    }

    /** The cursor that leads here. */
    public String cursor(String path, Parameters parameters) {
        return Cursor.of(
                path,
                parameters,
                List.of(text(time), eventId.toString(), Long.toString(id), since == null ? "" : text(since)));
    }

    private static OffsetDateTime time(String text) {
        return Instant.parse(text).atOffset(ZoneOffset.UTC);
    }

    private static String text(OffsetDateTime time) {
        return EnvelopeHeaders.formatTime(time.toInstant());
    }
}
