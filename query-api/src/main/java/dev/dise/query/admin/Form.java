package dev.dise.query.admin;

import dev.dise.query.Parameters;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a request. Its fields are read as parameters are: each has a value, or a list of them; null is nothing.
 *
 * @param objects the fields that are objects
 * @param by who sends it
 */
record Form(Parameters fields, Map<String, ObjectNode> objects, String by) {
    /**
     * Reads it.
     *
     * @throws RefusedException if there is any other field; it names the allowed ones
     */
    static Form of(Question question, String... allowed) {
        return of(question, List.of(allowed), Set.of());
    }

    /** The same, where some of the fields are objects. */
    static Form of(Question question, Collection<String> allowed, Set<String> allowedObjects) {
        question.parameters().requireOnly(List.of());
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        question.body().forEachEntry((name, value) -> {
            if (allowedObjects.contains(name)) {
                objects.put(name, object(name, value));
            } else if (!allowed.contains(name)) {
                throw unknown(name, allowed, allowedObjects);
            } else if (!value.isNull()) {
                fields.put(name, texts(name, value));
            }
        });
        return new Form(new Parameters(fields), objects, question.by());
    }

    private static RefusedException unknown(String name, Collection<String> allowed, Set<String> allowedObjects) {
        List<String> all = new ArrayList<>(allowed);
        allowedObjects.stream().sorted().forEach(all::add);
        String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        String rule = all.isEmpty() ? "none are allowed" : "allowed are " + String.join(", ", all);
        return new RefusedException(Problem.unknownField("'" + shown + "' is not a field here; " + rule));
    }

    private static ObjectNode object(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw RefusedException.badValue(name, "must be an object");
    }

    private static List<String> texts(String name, JsonNode value) {
        List<String> texts = new ArrayList<>();
        (value instanceof ArrayNode list ? list : List.of(value)).forEach(one -> texts.add(text(name, one)));
        return texts;
    }

    private static String text(String name, JsonNode value) {
        if (value.isContainer() || value.isNull()) {
            throw RefusedException.badValue(name, "must be a value, or a list of values");
        }
        String text = value.asString();
        if (text.indexOf('\0') >= 0) {
            throw RefusedException.badValue(name, "must not contain the character U+0000");
        }
        return text;
    }
}
