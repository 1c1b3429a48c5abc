package dev.dise.query.openapi;

import dev.dise.query.Resource;
import dev.dise.query.Resources;
import dev.dise.query.export.ExportRoutes;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The description of every route, made from the catalogue of lists and the fragments. */
public final class OpenApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String LISTS = "Lists";
    private static final String EXPORTS = "Exports";

    private static final Map<String, String> PROBLEMS = Map.of(
            "400", "A value or a name is not allowed; detail says what is",
            "401", "A key is needed",
            "403", "The key has not that scope",
            "404", "There is no such thing",
            "409", "That cannot be done as things are",
            "415", "The body must be JSON",
            "429", "Too many wrong keys; wait",
            "500", "The service failed; its log says why",
            "503", "A store or Kafka is away, or too much is asked at once; Retry-After says when to ask again");

    private final ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
    private final ObjectNode paths = NODES.objectNode();
    private final ObjectNode schemas = NODES.objectNode();

    private OpenApi() {}

    /** The whole of it. */
    public static ObjectNode document() {
        return new OpenApi().made();
    }

    private ObjectNode made() {
        document.putObject("info")
                .put("title", "dise query API")
                .put("version", "1")
                .put("description", "What the line has stored, how it flows, and the door of operators.");
        schemas.set("Problem", problemSchema());
        schemas.set("Page", pageSchema());
        Fragment rows = Fragment.read("rows");
        for (Resource resource : Resources.ALL) {
            ListDescription list = new ListDescription(resource);
            schemas.set(list.rowName(), rowSchema(rows, resource.view()));
            add(rows, LISTS, "GET " + resource.path(), list.list());
            add(rows, EXPORTS, "GET " + resource.path() + ExportRoutes.EXPORT, list.export());
        }
        ArrayNode tags = document.putArray("tags");
        tags.addObject().put("name", LISTS);
        tags.addObject().put("name", EXPORTS);
        for (String name : Fragment.NAMES) {
            Fragment fragment = Fragment.read(name);
            schemas.setAll(fragment.schemas());
            fragment.paths().forEachEntry((call, said) -> add(fragment, fragment.tag(), call, (ObjectNode) said));
            if (!fragment.paths().isEmpty()) {
                tags.addObject().put("name", fragment.tag());
            }
        }
        document.set("paths", paths);
        document.set("components", components());
        return document;
    }

    private void add(Fragment fragment, String tag, String call, ObjectNode said) {
        String path = call.substring(call.indexOf(' ') + 1);
        String method = call.substring(0, call.indexOf(' ')).toLowerCase(Locale.ROOT);
        ObjectNode operations = paths.path(path) instanceof ObjectNode known ? known : paths.putObject(path);
        if (operations.has(method)) {
            throw new IllegalStateException(call + " is described twice");
        }
        operations.set(method, new OperationText(fragment, tag, said).operation());
    }

    private ObjectNode components() {
        ObjectNode components = NODES.objectNode();
        ObjectNode ways = components.putObject("securitySchemes");
        ways.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A key of ./dise keys create; its scopes are query, sql, emit and admin");
        ways.putObject("api_key").put("type", "apiKey").put("in", "header").put("name", "X-Api-Key");
        ObjectNode responses = components.putObject("responses");
        PROBLEMS.keySet().stream().sorted().forEach(status -> {
            ObjectNode content = responses
                    .putObject("Problem" + status)
                    .put("description", PROBLEMS.get(status))
                    .putObject("content")
                    .putObject("application/problem+json");
            content.putObject("schema").put("$ref", "#/components/schemas/Problem");
        });
        components.set("schemas", schemas);
        return components;
    }

    private static ObjectNode rowSchema(Fragment rows, String view) {
        ObjectNode columns = NODES.objectNode();
        JsonNode said = rows.root().path("columns");
        columns.setAll((ObjectNode) said.get(view));
        columns.setAll((ObjectNode) said.get("every"));
        ObjectNode schema = NODES.objectNode().put("type", "object").put("additionalProperties", false);
        columns.propertyNames().forEach(schema.putArray("required")::add);
        schema.set("properties", columns);
        return schema;
    }

    private static ObjectNode pageSchema() {
        ObjectNode schema = object("items", "count", "limit");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("items").put("type", "array");
        properties.putObject("count").put("type", "integer").put("description", "how many items are here");
        properties.putObject("limit").put("type", "integer");
        properties
                .putObject("next")
                .put("type", "string")
                .put("description", "the cursor of the next page; none at the end");
        return schema;
    }

    private static ObjectNode problemSchema() {
        ObjectNode schema = object("type", "title", "status", "detail", "code").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("type").put("type", "string").put("format", "uri");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties
                .putObject("detail")
                .put("type", "string")
                .put("description", "what is wrong and what would be right");
        properties.putObject("code").put("type", "string").put("description", "the kind of problem, for programs");
        return schema;
    }

    private static ObjectNode object(String... required) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ArrayNode names = schema.putArray("required");
        for (String name : required) {
            names.add(name);
        }
        return schema;
    }
}
