package dev.dise.pg;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes of values what PostgreSQL can hold, and remembers whether something had to be replaced: NUL, and half a
 * surrogate pair, which is no character, become U+FFFD. The original stays in the topic.
 */
final class Storable {
    private static final char REPLACEMENT = '\uFFFD';

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

    /** A field's value as JSON; a string keeps its quotes. */
    @Nullable
    String json(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
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
