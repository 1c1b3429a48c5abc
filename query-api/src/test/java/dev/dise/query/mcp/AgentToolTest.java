package dev.dise.query.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AgentToolTest {
    @ParameterizedTest
    @EnumSource
    void anAgentIsToldWhatEachArgumentIs(AgentTool tool) {
        Tool text = ToolText.of(tool);
        assertThat(text.title()).isNotBlank();
        JsonNode schema = Json.mapper().valueToTree(text.inputSchema());
        schema.path("properties")
                .forEachEntry((name, property) -> assertThat(
                                property.path("description").asString(""))
                        .as(tool + " " + name)
                        .hasSizeGreaterThan(5));
        assertThat(schema.path("properties").propertyNames())
                .containsAll(schema.path("required")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toList());
    }

    @Test
    void theWordsOfTheSchemasAreThoseOfTheLine() {
        assertThat(words(AgentTool.FIND_SIMILAR, "/properties/type/items/enum"))
                .containsExactlyInAnyOrderElementsOf(names(EventType::isArtifact));
        assertThat(words(AgentTool.STORE_ARTIFACT, "/properties/type/enum"))
                .containsExactlyInAnyOrderElementsOf(names(type -> type != EventType.DELETION));
        assertThat(words(AgentTool.QUERY_LOGS, "/properties/log_level/items/enum"))
                .containsExactlyElementsOf(
                        Arrays.stream(LogLevel.values()).map(LogLevel::wireName).toList());
        assertThat(words(AgentTool.QUERY_BUGS, "/properties/severity/items/enum"))
                .containsExactlyElementsOf(
                        Arrays.stream(Severity.values()).map(Severity::wireName).toList());
    }

    @Test
    void argumentsBecomeTheParametersOfAQuestion() {
        Call logs = call(
                AgentTool.QUERY_LOGS,
                "{\"log_level\":[\"error\",\"critical\"],\"text\":\"boom\",\"details\":{\"user\":{\"id\":7}},\"after\":\"c\","
                        + "\"max_text\":100,\"tool_id\":null}");
        assertThat(logs.path()).isEqualTo("/v1/logs");
        assertThat(logs.parameters())
                .isEqualTo(Map.of(
                        "log_level", List.of("error", "critical"),
                        "q", List.of("boom"),
                        "details.user.id", List.of("7"),
                        "after", List.of("c"),
                        "limit", List.of("20")));
        assertThat(call(AgentTool.FIND_SIMILAR, "{\"query\":\"a\",\"limit\":3}").parameters())
                .isEqualTo(Map.of("text", List.of("a"), "limit", List.of("3")));
        Call family = call(AgentTool.GET_ANCESTRY, "{\"tool_id\":\"a/../b c\",\"depth\":2}");
        assertThat(family.path()).isEqualTo("/v1/ancestry/a%2F..%2Fb%20c");
        assertThat(family.parameters()).isEqualTo(Map.of("depth", List.of("2")));
        assertThat(call(AgentTool.TRACE_EVENT, "{\"event_id\":\"e\"}").path()).isEqualTo("/v1/events/e/trace");
        assertThat(call(AgentTool.KNOWN_FIXES, "{\"bug\":\"b\"}").parameters())
                .isEqualTo(Map.of("bug", List.of("b"), "limit", List.of("10")));
        Call store = call(AgentTool.STORE_ARTIFACT, "{\"type\":\"log\",\"data\":{}}");
        assertThat(store.body()).hasToString("{\"type\":\"log\",\"data\":{}}");
    }

    private static Call call(AgentTool tool, String arguments) {
        return tool.call(new Arguments((ObjectNode) Json.mapper().readTree(arguments)));
    }

    private static List<String> names(Predicate<EventType> which) {
        return Arrays.stream(EventType.values())
                .filter(which)
                .map(EventType::wireName)
                .toList();
    }

    private static List<String> words(AgentTool tool, String pointer) {
        JsonNode schema = Json.mapper().valueToTree(ToolText.of(tool).inputSchema());
        return schema.at(pointer).valueStream().map(JsonNode::stringValue).toList();
    }
}
