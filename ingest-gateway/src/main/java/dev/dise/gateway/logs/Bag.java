package dev.dise.gateway.logs;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Names and values of a client as one JSON object. A name should come once; one that comes again is kept beside the first
 * as {@code name#2}, {@code name#3} and so on.
 */
public final class Bag {
    private final ObjectNode object = JsonNodeFactory.instance.objectNode();
    private @Nullable Map<String, Integer> timesSeen;

    /** Adds a value under its name, or under the next free one like it. */
    public void put(String name, JsonNode value) {
        object.set(object.has(name) ? nextLike(name) : name, value);
    }

    /** Adds a text under its name, or under the next free one like it. */
    public void put(String name, String value) {
        put(name, StringNode.valueOf(value));
    }

    /** All of it; not a copy. */
    public ObjectNode object() {
        return object;
    }

    private String nextLike(String name) {
        if (timesSeen == null) {
            timesSeen = new HashMap<>();
        }
        String next;
        do {
            next = name + "#" + (timesSeen.merge(name, 1, Integer::sum) + 1);
        } while (object.has(next));
        return next;
    }
}
