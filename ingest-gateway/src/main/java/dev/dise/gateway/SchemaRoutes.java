package dev.dise.gateway;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which events there are and what their data must be. */
final class SchemaRoutes {
    static final String MEDIA_TYPE = "application/schema+json";

    private SchemaRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.get("/v1/schemas", request -> list()),
                Route.get(
                        "/v1/schemas/{type}",
                        request -> one(request.path().pathParameters().get("type"))));
    }

    private static Reply list() {
        List<Map<String, String>> types =
                Arrays.stream(EventType.values()).map(SchemaRoutes::entry).toList();
        return Reply.json(200, Map.of("types", types));
    }

    private static Reply one(String name) {
        return Reply.of(200, MEDIA_TYPE, DataReader.schemaOf(EventReader.parseType(name)));
    }

    private static Map<String, String> entry(EventType type) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("type", type.wireName());
        entry.put("ce_type", type.ceType());
        entry.put("subject_field", type.subjectField());
        entry.put("schema", "/v1/schemas/" + type.wireName());
        return entry;
    }
}
