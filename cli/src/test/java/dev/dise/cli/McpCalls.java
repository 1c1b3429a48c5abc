package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Json;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Calls of the tools for agents, and what their answers say. */
final class McpCalls {
    private McpCalls() {}

    static JsonNode store(McpSyncClient client, String type, Map<String, ?> data) {
        CallToolResult stored = call(client, "store_artifact", Map.of("type", type, "data", data));
        assertThat(stored.isError()).as(text(stored)).isFalse();
        JsonNode answer = structured(stored);
        assertThat(answer.path("event_id").asString("")).isNotBlank();
        assertThat(answer.path("trace_with").asString("")).contains("trace_event");
        return answer;
    }

    /** Asks until the answer has that text in it: what was stored is found some seconds later. */
    static JsonNode found(McpSyncClient client, String tool, Map<String, Object> arguments, String text) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        structured(call(client, tool, arguments)).toString().contains(text));
        return structured(call(client, tool, arguments));
    }

    static void refused(McpSyncClient client, String tool, Map<String, Object> arguments, String why) {
        CallToolResult answer = call(client, tool, arguments);
        assertThat(answer.isError()).as(text(answer)).isTrue();
        assertThat(text(answer)).contains(why).hasSizeGreaterThan(10);
    }

    static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    static JsonNode structured(CallToolResult result) {
        return Json.mapper().valueToTree(Objects.requireNonNull(result.structuredContent(), text(result)));
    }

    static String text(CallToolResult result) {
        return result.content().stream()
                .map(content -> ((TextContent) content).text())
                .reduce("", (one, other) -> one + "\n" + other);
    }
}
