package dev.dise.query.mcp;

import dev.dise.schemas.Json;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What an agent reads of a tool before it uses it: {@code {title, description, input_schema}} of a file beside this. */
final class ToolText {
    private ToolText() {}

    static Tool of(AgentTool tool) {
        JsonNode text = read(tool.toolName());
        return Tool.builder(tool.toolName(), schema(text.path("input_schema")))
                .title(text.path("title").stringValue())
                .description(text.path("description").stringValue())
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(!tool.stores())
                        .destructiveHint(false)
                        .idempotentHint(!tool.stores())
                        .openWorldHint(false)
                        .build())
                .build();
    }

    private static Map<String, Object> schema(JsonNode schema) {
        return Json.mapper().convertValue(schema, new TypeReference<>() {});
    }

    private static JsonNode read(String name) {
        try (InputStream in = ToolText.class.getResourceAsStream("tools/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("tools/" + name + ".json is not in the jar");
            }
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
