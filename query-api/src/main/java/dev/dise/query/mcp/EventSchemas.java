package dev.dise.query.mcp;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON Schemas of the types of events, as resources: what the data of store_artifact must be. */
final class EventSchemas {
    private static final String MEDIA_TYPE = "application/schema+json";

    private EventSchemas() {}

    static Resource resource(EventType type) {
        return Resource.builder(uri(type), type.wireName())
                .description("JSON Schema of the data of an event of type " + type.wireName())
                .mimeType(MEDIA_TYPE)
                .build();
    }

    static ReadResourceResult read(EventType type) {
        String schema = new String(DataReader.schemaOf(type), StandardCharsets.UTF_8);
        return ReadResourceResult.builder(List.of(TextResourceContents.builder(uri(type), schema)
                        .mimeType(MEDIA_TYPE)
                        .build()))
                .build();
    }

    private static String uri(EventType type) {
        return "dise://schemas/" + type.wireName();
    }
}
