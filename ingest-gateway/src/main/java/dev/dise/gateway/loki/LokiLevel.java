package dev.dise.gateway.loki;

import dev.dise.schemas.LogLevel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds how loud an entry is: by its labels, then its structured metadata, then one simple look at the line's first
 * characters. What is no level is passed over; an entry that says nothing is info.
 */
final class LokiLevel {
    private static final List<String> NAMES = List.of("level", "severity", "detected_level");

    /** Nothing is guessed from what comes later in the line. */
    private static final int LOOKED_AT = 1024;

    private static final Pattern IN_JSON = Pattern.compile("\"level\"\\s{0,9}:\\s{0,9}\"([A-Za-z]{1,20})\"");
    private static final Pattern IN_LOGFMT = Pattern.compile("(?:^|\\s)level=\"?([A-Za-z]{1,20})\"?(?:\\s|$)");

    private LokiLevel() {}

    static LogLevel of(LokiEntry entry) {
        return in(entry.labels())
                .or(() -> in(entry.metadata()))
                .or(() -> in(entry.line()))
                .orElse(LogLevel.INFO);
    }

    private static Optional<LogLevel> in(ObjectNode values) {
        return NAMES.stream()
                .map(values::path)
                .filter(JsonNode::isString)
                .flatMap(value -> LogLevel.parse(value.stringValue()).stream())
                .findFirst();
    }

    private static Optional<LogLevel> in(String line) {
        String start = line.substring(0, Math.min(line.length(), LOOKED_AT)).stripLeading();
        Matcher matcher = (start.startsWith("{") ? IN_JSON : IN_LOGFMT).matcher(start);
        return matcher.find() ? LogLevel.parse(matcher.group(1)) : Optional.empty();
    }
}
