package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.LogLevel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Log lines that are JSON objects. */
final class JsonLogLine {
    private static final List<String> TIME = List.of("time", "timestamp", "@timestamp", "ts");
    private static final List<String> LEVEL = List.of("level", "log_level", "levelname", "severity");
    private static final List<String> MESSAGE = List.of("message", "msg");
    private static final List<String> LOGGER = List.of("logger", "logger_name");
    private static final List<String> THREAD = List.of("thread", "thread_name");

    private final ObjectNode fields;

    private JsonLogLine(ObjectNode fields) {
        this.fields = fields;
    }

    /** What the line says; empty if it is not a JSON object. */
    static Optional<LogLine> parse(String text, ZoneId zone) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            if (!(Json.parse(text.getBytes(UTF_8)) instanceof ObjectNode object)) {
                return Optional.empty();
            }
            TextRepair.repair(object);
            return Optional.of(new JsonLogLine(object).line(text, zone));
        } catch (InvalidEventException e) {
            // A line of text that happens to begin with a brace.
            return Optional.empty();
        }
    }

    private LogLine line(String text, ZoneId zone) {
        Optional<Instant> time = take(TIME, value -> Timestamps.read(value, zone));
        Optional<LogLevel> level = take(LEVEL, JsonLogLine::level);
        Optional<String> message = take(MESSAGE, JsonLogLine::text);
        Map<String, Object> details = new LinkedHashMap<>();
        take(LOGGER, JsonLogLine::text).ifPresent(logger -> details.put("logger", logger));
        take(THREAD, JsonLogLine::text).ifPresent(thread -> details.put("thread", thread));
        if (!fields.isEmpty()) {
            details.put("fields", fields);
        }
        return new LogLine(time.orElse(null), level.orElse(null), message.orElse(text), details);
    }

    /** Takes the first field of these names that can be read that way out of the others. */
    private <T> Optional<T> take(List<String> names, Function<JsonNode, Optional<T>> reading) {
        for (String name : names) {
            JsonNode value = fields.get(name);
            Optional<T> read = value == null ? Optional.empty() : reading.apply(value);
            if (read.isPresent()) {
                fields.remove(name);
                return read;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode value) {
        return value.isString() ? Optional.of(PlainText.of(value.stringValue())) : Optional.empty();
    }

    /** A word, or the numbers of Bunyan and Pino. */
    private static Optional<LogLevel> level(JsonNode value) {
        if (!value.isIntegralNumber()) {
            return value.isString() ? LogLevel.parse(value.stringValue()) : Optional.empty();
        }
        return switch (value.asString()) {
            case "10", "20" -> Optional.of(LogLevel.DEBUG);
            case "30" -> Optional.of(LogLevel.INFO);
            case "40" -> Optional.of(LogLevel.WARNING);
            case "50" -> Optional.of(LogLevel.ERROR);
            case "60" -> Optional.of(LogLevel.CRITICAL);
            default -> Optional.empty();
        };
    }
}
