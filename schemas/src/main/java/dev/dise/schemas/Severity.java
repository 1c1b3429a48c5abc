package dev.dise.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How bad a bug or failure is. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    private static final Map<String, Severity> SYNONYMS = Map.ofEntries(
            Map.entry("trivial", LOW),
            Map.entry("minor", LOW),
            Map.entry("info", LOW),
            Map.entry("moderate", MEDIUM),
            Map.entry("normal", MEDIUM),
            Map.entry("warning", MEDIUM),
            Map.entry("warn", MEDIUM),
            Map.entry("major", HIGH),
            Map.entry("error", HIGH),
            Map.entry("err", HIGH),
            Map.entry("blocker", CRITICAL),
            Map.entry("fatal", CRITICAL),
            Map.entry("crit", CRITICAL));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the store: {@code high}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Reads a severity in any case and under its usual synonyms; empty if it is none. */
    public static Optional<Severity> parse(String text) {
        return Words.parse(text, values(), Severity::wireName, SYNONYMS);
    }
}
