package dev.dise.pg;

import dev.dise.schemas.EnvelopeHeaders;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.util.RawValue;

/**
 * Makes of values what PostgreSQL can hold, and remembers whether something had to be replaced: NUL, and half a
 * surrogate pair, which is no character, become U+FFFD; a number or a time beyond its column becomes the nearest that is
 * not. The original stays in the topic.
 */
final class Storable {
    private static final char REPLACEMENT = '\uFFFD';
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final BigDecimal GREATEST = new BigDecimal(Double.MAX_VALUE);
    private static final BigDecimal LEAST = GREATEST.negate();

    private boolean changed;

    /** Whether any value so far was not storable as it was. */
    boolean hasChanged() {
        return changed;
    }

    /** A field's value as text: a string without its quotes, everything else as JSON. */
    @Nullable
    String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isString() ? characters(value.stringValue()) : value.toString();
    }

    /** A number as text, the nearest that a double can hold. */
    @Nullable
    String number(@Nullable JsonNode value) {
        if (value == null || !value.isNumber()) {
            return text(value);
        }
        BigDecimal number = value.decimalValue();
        BigDecimal nearest = number.max(LEAST).min(GREATEST);
        changed |= nearest.compareTo(number) != 0;
        return nearest.toString();
    }

    /** A time of the data, the nearest that PostgreSQL and its readers can hold. */
    @Nullable
    String time(@Nullable JsonNode value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            Instant nearest = time(time);
            return nearest.equals(time) ? text : EnvelopeHeaders.formatTime(nearest);
        } catch (DateTimeException e) {
            // A leap second: Java knows none, PostgreSQL does.
            return text;
        }
    }

    /** The time itself in the years 1 to 9999, which everybody can write with four digits; else their begin or end. */
    Instant time(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            changed = true;
            return time.isBefore(FIRST) ? FIRST : LAST;
        }
        return time;
    }

    /** A field's value as JSON; a string keeps its quotes. */
    @Nullable
    String json(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof POJONode node && node.getPojo() instanceof RawValue raw) {
            return (String) raw.rawValue();
        }
        String json = value.toString();
        return json.contains("\\u0000") || indexOfUnstorable(json) >= 0
                ? tree(value).toString()
                : json;
    }

    /** The text itself if it can be stored, as most can. */
    String characters(String text) {
        int first = indexOfUnstorable(text);
        if (first < 0) {
            return text;
        }
        changed = true;
        StringBuilder safe = new StringBuilder(text);
        for (int i = first; i < safe.length(); i++) {
            if (isUnstorable(text, i)) {
                safe.setCharAt(i, REPLACEMENT);
            }
        }
        return safe.toString();
    }

    private JsonNode tree(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode safe = object.objectNode();
            object.forEachEntry((name, child) -> safe.set(characters(name), tree(child)));
            return safe;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode safe = array.arrayNode();
            array.forEach(child -> safe.add(tree(child)));
            return safe;
        }
        return node.isString() ? StringNode.valueOf(characters(node.stringValue())) : node;
    }

    private static int indexOfUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnstorable(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isUnstorable(String text, int index) {
        char c = text.charAt(index);
        if (c == 0) {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
