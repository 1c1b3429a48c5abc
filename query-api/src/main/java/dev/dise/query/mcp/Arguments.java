package dev.dise.query.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent gave a tool, which its schema has let pass. */
record Arguments(ObjectNode given) {
    /** How much the agent wants to be told; no part of the question. */
    private static final String MOST_TEXT = "max_text";

    String text(String name) {
        return given.path(name).asString("");
    }

    ObjectNode object(String name) {
        return given.path(name) instanceof ObjectNode object ? object : given.objectNode();
    }

    int mostText() {
        return given.path(MOST_TEXT).asInt(Shortening.USUAL_TEXT);
    }

    /**
     * As parameters of a question: a list is several values of a name, an object the paths inside of it.
     *
     * @param usualLimit rows, if nothing is said of that; 0 where there is no such parameter
     * @param without what is no parameter
     */
    Map<String, List<String>> parameters(int usualLimit, String... without) {
        Set<String> left = Set.of(without);
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        given.forEachEntry((name, value) -> {
            if (!left.contains(name) && !name.equals(MOST_TEXT) && !value.isNull()) {
                add(name, value, parameters);
            }
        });
        if (usualLimit > 0) {
            parameters.putIfAbsent("limit", List.of(Integer.toString(usualLimit)));
        }
        return parameters;
    }

    /** The same under another name. */
    static Map<String, List<String>> renamed(Map<String, List<String>> parameters, String name, String other) {
        List<String> values = parameters.remove(name);
        if (values != null) {
            parameters.put(other, values);
        }
        return parameters;
    }

    private static void add(String name, JsonNode value, Map<String, List<String>> parameters) {
        if (value instanceof ObjectNode object) {
            object.forEachEntry((inner, one) -> add(name + "." + inner, one, parameters));
        } else if (value.isArray()) {
            List<String> values = new ArrayList<>();
            value.forEach(one -> values.add(one.asString()));
            if (!values.isEmpty()) {
                parameters.put(name, values);
            }
        } else {
            parameters.put(name, List.of(value.asString()));
        }
    }
}
