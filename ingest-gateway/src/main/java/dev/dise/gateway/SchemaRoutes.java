package dev.dise.gateway;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which events there are and what their data must be. */
final class SchemaRoutes {
    void list(ServerRequest request, ServerResponse response) {
        List<Map<String, String>> types =
                Arrays.stream(EventType.values()).map(SchemaRoutes::entry).toList();
        Answers.json(response, 200, Map.of("types", types));
    }

    void one(ServerRequest request, ServerResponse response) {
        EventType type = EventReader.parseType(request.path().pathParameters().get("type"));
        Answers.send(response, 200, "application/schema+json", DataReader.schemaOf(type));
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
