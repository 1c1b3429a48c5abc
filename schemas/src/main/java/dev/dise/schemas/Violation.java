package dev.dise.schemas;

import org.jspecify.annotations.Nullable;

/**
 * One rule that an event breaks.
 *
 * @param path JSON pointer of the field, as in {@code /severity}; empty for the whole
 * @param rule what it must be, as in {@code must be one of low, medium, high, critical}
 * @param value what it is, shortened; null where there is nothing to show
 */
public record Violation(String path, String rule, @Nullable String value) {
    private static final int SHOWN = 100;

    public Violation {
        if (value != null && value.length() > SHOWN) {
            value = value.substring(0, SHOWN) + "…";
        }
    }

    /** One sentence for a person: {@code /severity must be one of low, medium, high, critical but is "urgent"}. */
    public String message() {
        String where = path.isEmpty() ? "the event" : path;
        return value == null ? where + " " + rule : where + " " + rule + " but is \"" + value + "\"";
    }
}
