package dev.dise.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How loud a log line is. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    private static final Map<String, LogLevel> SYNONYMS = Map.ofEntries(
            Map.entry("trace", DEBUG),
            Map.entry("verbose", DEBUG),
            Map.entry("notice", INFO),
            Map.entry("information", INFO),
            Map.entry("warn", WARNING),
            Map.entry("err", ERROR),
            Map.entry("severe", ERROR),
            Map.entry("fatal", CRITICAL),
            Map.entry("crit", CRITICAL),
            Map.entry("alert", CRITICAL),
            Map.entry("emergency", CRITICAL),
            Map.entry("panic", CRITICAL));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the store: {@code warning}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Reads a level in any case and under its usual synonyms; empty if it is none. */
    public static Optional<LogLevel> parse(String text) {
        return Words.parse(text, values(), LogLevel::wireName, SYNONYMS);
    }
}
