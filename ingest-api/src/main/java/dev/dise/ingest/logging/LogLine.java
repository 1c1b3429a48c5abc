package dev.dise.ingest.logging;

import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log record, whatever library it came from.
 *
 * @param logger the name of its logger
 * @param mdc the mapped diagnostic context
 * @param keyValues key-value pairs of the record itself
 */
record LogLine(
        String logger,
        String thread,
        LogLevel level,
        @Nullable String message,
        Instant time,
        Map<String, ?> mdc,
        Map<String, ?> keyValues,
        List<String> markers,
        @Nullable Throwable thrown) {
    /** The key of the MDC that says which tool a record is of. */
    static final String TOOL_ID = "tool_id";

    private static final String NO_NAME = "unknown";
    private static final int LONGEST_ID = 500;
    private static final int LONGEST_MESSAGE = 64_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 8_000;
    private static final int MOST_VALUES = 100;
    private static final int MOST_DIGITS = 100;

    /**
     * The data of the event.
     *
     * @param toolId what the tool is where the MDC does not say; null for the last part of the logger's name
     */
    Log log(@Nullable String toolId) {
        TextBudget budget = new TextBudget();
        String tool = budget.take(toolIdOr(toolId), LONGEST_ID);
        String text = budget.take(message, LONGEST_MESSAGE);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("logger", budget.take(logger, LONGEST_NAME));
        details.put("thread", budget.take(thread, LONGEST_NAME));
        if (!markers.isEmpty()) {
            details.put(
                    "markers",
                    markers.stream()
                            .limit(MOST_VALUES)
                            .map(marker -> budget.take(marker, LONGEST_NAME))
                            .toList());
        }
        if (thrown != null) {
            details.put("exception", ThrownText.of(thrown, budget));
        }
        putValues(details, "key_values", keyValues, budget);
        putValues(details, "mdc", mdc, budget);
        return new Log(tool, level, text, details);
    }

    private String toolIdOr(@Nullable String configured) {
        Object own = mdc.get(TOOL_ID);
        String id = own != null ? own.toString() : configured != null ? configured : lastPart(logger);
        String usable = id.isBlank() ? NO_NAME : id;
        return usable.length() <= LONGEST_ID ? usable : usable.substring(0, LONGEST_ID);
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void putValues(
            Map<String, Object> details, String member, Map<String, ?> values, TextBudget budget) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (texts.size() < MOST_VALUES && budget.hasRoom()) {
                texts.put(budget.take(name, LONGEST_NAME), plain(value, budget));
            }
        });
        if (!texts.isEmpty()) {
            details.put(member, texts);
        }
    }

    /** Numbers and flags as they are, as far as every store can hold them; anything else as its text. */
    private static @Nullable Object plain(@Nullable Object value, TextBudget budget) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return value;
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return isStorable(value.toString()) ? value : value.toString();
        }
        return budget.take(text(value), LONGEST_VALUE);
    }

    private static boolean isStorable(String number) {
        try {
            BigDecimal decimal = new BigDecimal(number);
            return decimal.precision() <= MOST_DIGITS && Math.abs((long) decimal.scale()) <= 3 * MOST_DIGITS;
        } catch (NumberFormatException e) {
            // NaN and the infinities, which JSON has no numbers for.
            return false;
        }
    }

    private static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            // Code of the tool; the record is worth keeping without this value.
            return "(no text: " + e.getClass().getName() + ")";
        }
    }
}
