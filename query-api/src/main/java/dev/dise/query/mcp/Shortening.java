package dev.dise.query.mcp;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an answer so small that an agent can read it: leaves out where a row came from, cuts long texts, and tells fewer
 * items if all are still too much. Whatever was cut says so.
 *
 * @param mostText characters of one text at most
 */
record Shortening(int mostText) {
    static final int USUAL_TEXT = 600;
    static final int MOST_TEXT = 20_000;
    /** Of the whole answer: some thousand words. */
    static final int MOST_CHARACTERS = 48_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> BOOKKEEPING =
            Set.of("source_topic", "source_partition", "source_offset", "ingested_at", "made_safe");
    /** What cuts an answer to size can only leave out of lists. */
    private static final int FEWEST = 1;

    ObjectNode of(JsonNode answer) {
        ObjectNode small = answer instanceof ObjectNode object
                ? object(object)
                : NODES.objectNode().set("answer", text(answer));
        small.propertyNames().stream()
                .filter(name -> small.get(name) instanceof ArrayNode)
                .forEach(name -> fit(small, name));
        return small;
    }

    private void fit(ObjectNode answer, String name) {
        ArrayNode list = (ArrayNode) answer.get(name);
        int had = list.size();
        int size = answer.toString().length();
        while (size > MOST_CHARACTERS && list.size() > FEWEST) {
            size -= list.get(list.size() - 1).toString().length() + 1;
            list.remove(list.size() - 1);
        }
        if (list.size() < had) {
            answer.put(
                    "cut",
                    list.size() + " of " + had + " " + name + " are told, all would be too much; ask with a lower limit"
                            + " or narrower filters for the others");
        }
    }

    private ObjectNode object(ObjectNode object) {
        ObjectNode small = NODES.objectNode();
        object.forEachEntry((name, value) -> {
            if (!BOOKKEEPING.contains(name) && !value.isNull()) {
                small.set(name, text(value));
            }
        });
        return small;
    }

    private JsonNode text(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object(object);
        }
        if (value instanceof ArrayNode list) {
            ArrayNode small = NODES.arrayNode();
            list.forEach(one -> small.add(text(one)));
            return small;
        }
        String text = value.isString() ? value.stringValue() : "";
        return text.length() <= mostText ? value : NODES.stringNode(cut(text));
    }

    /** Never between the two halves of a character. */
    private String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(mostText - 1)) ? mostText - 1 : mostText;
        return text.substring(0, end) + "… [cut: " + text.length() + " characters; max_text tells more]";
    }
}
