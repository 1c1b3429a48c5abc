package dev.dise.gateway;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the server: as an OpenAPI document, and as a page that shows it and lets a person try it. The schemas of the
 * events in the document are the very ones that events are checked by.
 */
final class DocumentRoutes {
    private static final String DATA = "EventData";
    private static final String TYPE_NAME = "EventTypeName";
    private static final Map<String, String> PAGE_HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-cache");

    private DocumentRoutes() {}

    static List<Route> routes() {
        byte[] document = Json.encode(document());
        return List.of(
                Route.get("/openapi.json", request -> Reply.of(200, Reply.JSON, document)),
                file("/docs", "docs.html", "text/html; charset=utf-8"),
                file("/docs/docs.css", "docs.css", "text/css; charset=utf-8"),
                file("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8"));
    }

    /** The document, with the schemas and an example of every type. */
    static JsonNode document() {
        ObjectNode document = (ObjectNode) Json.parse(resource("openapi.json"));
        JsonNode examples = Json.parse(resource("examples.json"));
        ObjectNode schemas = document.withObject("components").withObject("schemas");
        ObjectNode shown = (ObjectNode) document.at("/paths/~1v1~1events~1{type}/post/requestBody/content")
                .path("application/json")
                .path("examples");
        ArrayNode anyOf = schemas.putObject(DATA).putArray("anyOf");
        ArrayNode names = schemas.putObject(TYPE_NAME).put("type", "string").putArray("examples");
        for (EventType type : EventType.values()) {
            String name = type.wireName();
            schemas.set(name, schemaOf(type));
            anyOf.addObject().put("$ref", "#/components/schemas/" + name);
            names.add(name);
            shown.putObject(name).set("value", examples.path(name));
        }
        return document;
    }

    /** Without what would make it a document of its own. */
    private static ObjectNode schemaOf(EventType type) {
        ObjectNode schema = (ObjectNode) Json.parse(DataReader.schemaOf(type));
        schema.remove(List.of("$schema", "$id"));
        return schema;
    }

    private static Route file(String path, String name, String mediaType) {
        Reply reply = new Reply(200, mediaType, resource(name), PAGE_HEADERS);
        return Route.get(path, request -> reply);
    }

    private static byte[] resource(String name) {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
