package dev.dise.query;

import dev.dise.schemas.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/**
 * A filter on what lies inside a column of JSON. The name of the parameter has the path, as in
 * {@code details.user.id=7}, and a backslash before a dot that belongs to a name; a value that is a number, true, false or null in JSON is looked for as that and as a text.
 */
final class InsideJson {
    /** The most names of a path. */
    static final int MOST_DEPTH = 8;
    /** The longest path or value. */
    static final int MOST_CHARACTERS = 500;
    /** The most values of one question. */
    static final int MOST_VALUES = 16;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern LITERAL = Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private InsideJson() {}

    /** All of the paths, each with any of its values; empty if there is none. */
    static Optional<Condition> of(Filter filter, Parameters parameters) {
        String prefix = filter.name().substring(0, filter.name().length() - 1);
        List<String> sql = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String name : parameters.namesWith(prefix)) {
            List<String> path = path(name, prefix);
            List<String> documents = parameters.all(name).stream()
                    .flatMap(value -> forms(name, value).stream())
                    .map(value -> document(path, value))
                    .toList();
            values.addAll(documents);
            sql.add(String.join(
                    " OR ",
                    Collections.nCopies(documents.size(), filter.columns().getFirst() + " @> ?::jsonb")));
        }
        if (values.size() > 2 * MOST_VALUES) {
            throw RefusedException.badValue(filter.name(), "must be given at most " + MOST_VALUES + " times");
        }
        return sql.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Condition(sql.stream().collect(Collectors.joining(") AND (", "(", ")")), values, true));
    }

    private static List<String> path(String name, String prefix) {
        List<String> path = JsonPath.names(name.substring(prefix.length()));
        if (name.length() > MOST_CHARACTERS || path.size() > MOST_DEPTH || path.contains("")) {
            throw RefusedException.badValue(
                    prefix + "*",
                    "must have a path of 1 to " + MOST_DEPTH + " names with dots between them, as in " + prefix
                            + "user.id; a dot of a name is \\., a backslash \\\\");
        }
        return path;
    }

    private static List<JsonNode> forms(String name, String value) {
        if (value.length() > MOST_CHARACTERS) {
            throw RefusedException.badValue(name, "must have at most " + MOST_CHARACTERS + " characters");
        }
        JsonNode text = NODES.stringNode(value);
        return LITERAL.matcher(value).matches()
                ? List.of(NODES.rawValueNode(new RawValue(value)), text)
                : List.of(text);
    }

    private static String document(List<String> path, JsonNode value) {
        JsonNode document = value;
        for (String name : path.reversed()) {
            document = NODES.objectNode().set(name, document);
        }
        return Json.mapper().writeValueAsString(document);
    }
}
