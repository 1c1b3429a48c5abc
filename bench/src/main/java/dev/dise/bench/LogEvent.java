package dev.dise.bench;

import dev.dise.schemas.Event;
import dev.dise.schemas.Json;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A log event of a benchmark, from which every measured way of storing it takes the form it needs. */
public record LogEvent(UUID id, Instant time, String toolId, LogLevel level, String message, Map<String, ?> details) {
    public static final String SOURCE = "urn:dise:bench";

    public Event event() {
        return Event.of(id.toString(), SOURCE, time, new Log(toolId, level, message, details));
    }

    String levelName() {
        return level.name().toLowerCase(Locale.ROOT);
    }

    String detailsJson() {
        return Json.mapper().writeValueAsString(details);
    }

    /** A line of the text format of {@code COPY}, in the order of {@link BareTable#COLUMNS}. */
    String copyLine(long number) {
        return String.join(
                        "\t",
                        escaped(toolId),
                        levelName(),
                        escaped(message),
                        escaped(detailsJson()),
                        id.toString(),
                        time.toString(),
                        BareTable.TOPIC,
                        "0",
                        Objects.toString(number))
                + "\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
