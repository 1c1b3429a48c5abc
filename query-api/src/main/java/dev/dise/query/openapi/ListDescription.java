package dev.dise.query.openapi;

import dev.dise.query.Filter;
import dev.dise.query.Resource;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes a list and its export by what the catalogue says of them, in the words of a fragment. */
record ListDescription(Resource resource) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SCHEMA = "#/components/schemas/";

    /** The list. */
    ObjectNode list() {
        ObjectNode list = NODES.objectNode();
        list.put("summary", "Rows of " + resource.view() + ", newest first");
        list.put(
                "description",
                "A page begins behind the cursor after, which is the next of the page before; at the end there is no next.");
        ObjectNode query = list.putObject("query");
        query.setAll(filters());
        query.setAll(page());
        list.putObject("answer")
                .put("$ref", SCHEMA + "Page")
                .putObject("properties")
                .putObject("items")
                .putObject("items")
                .put("$ref", SCHEMA + rowName());
        return list;
    }

    /** Its export. */
    ObjectNode export() {
        ObjectNode export = NODES.objectNode();
        export.put("summary", "All rows of " + resource.view() + " of one moment, as a stream");
        export.put(
                "description",
                "At most two at once; the next is 503 with Retry-After. What breaks off has no end of a chunked body.");
        ObjectNode query = export.putObject("query");
        query.setAll(filters());
        query.putObject("format")
                .put("type", "string")
                .put("default", "ndjson")
                .put("example", "ndjson")
                .put("description", "a JSON object a line, or CSV as RFC 4180 says")
                .putArray("enum")
                .add("ndjson")
                .add("csv");
        export.put("media", "application/x-ndjson");
        return export;
    }

    /** What pages are asked for with. */
    static ObjectNode page() {
        ObjectNode page = NODES.objectNode();
        page.putObject("limit")
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", 1000)
                .put("default", 100)
                .put("example", 10)
                .put("description", "most rows");
        page.putObject("after").put("type", "string").put("description", "the next of the page before");
        return page;
    }

    /** A parameter for each filter. */
    ObjectNode filters() {
        ObjectNode filters = NODES.objectNode();
        resource.filters().forEach(filter -> filters.set(filter.name(), filter(filter)));
        return filters;
    }

    /** The name of the schema of its rows. */
    String rowName() {
        return rowName(resource.view());
    }

    static String rowName(String view) {
        StringBuilder name = new StringBuilder();
        for (String word : view.split("_", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name + "Row";
    }

    private static ObjectNode filter(Filter filter) {
        String column = filter.columns().getFirst();
        return switch (filter.kind()) {
            case TEXT, LONG_TEXT -> several("equal to any of these", "some", List.of());
            case EVENT_ID -> several("any of these events", "01890000-0000-7000-8000-000000000001", List.of());
            case FINGERPRINT ->
                several(
                        "any of these errors, as /v1/failures/groups folds them",
                        "01890000-0000-7000-8000-000000000001",
                        List.of());
            case LEVEL ->
                several(
                        "any of these",
                        "error",
                        Arrays.stream(LogLevel.values()).map(LogLevel::wireName).toList());
            case SEVERITY ->
                several(
                        "any of these",
                        "high",
                        Arrays.stream(Severity.values()).map(Severity::wireName).toList());
            case FLAG -> one("boolean", "true or false").put("example", false);
            case WORDS ->
                one(
                                "string",
                                "words in " + String.join(", ", filter.columns())
                                        + ": all of them, \"in a row\", -without, this OR that")
                        .put("maxLength", 1000)
                        .put("example", "timeout -retry");
            case INSIDE ->
                one(
                                "string",
                                "a value at a path inside of " + column + ", as in " + column
                                        + ".user.id=7; a dot of a name is \\.")
                        .put("example", "7");
            case SINCE ->
                one("string", "from then on: RFC 3339, or how long ago").put("example", "7d");
            case UNTIL -> one("string", "before then").put("example", "1s");
        };
    }

    private static ObjectNode one(String type, String description) {
        return NODES.objectNode().put("type", type).put("description", description);
    }

    /** Synonyms are taken too, so the words are told and not demanded. */
    private static ObjectNode several(String description, String example, List<String> words) {
        ObjectNode filter = NODES.objectNode().put("type", "array");
        ObjectNode items = filter.putObject("items").put("type", "string");
        if (!words.isEmpty()) {
            words.forEach(items.putArray("examples")::add);
        }
        filter.put("description", words.isEmpty() ? description : description + ": " + String.join(", ", words));
        filter.putArray("example").add(example);
        return filter;
    }
}
