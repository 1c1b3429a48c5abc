package dev.dise.cli.imports;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.GeneratedTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which events the definition of a tool is: the tool for the table, and an artifact for the search. */
final class ToolMapping {
    private static final Set<String> WITH_FIELDS =
            Set.of("tool_id", "tool_name", "tool_type", "tool_yaml", "tool_code", "created_at", "metadata");
    private static final String UNTYPED = "unknown";
    private static final int MAX_TYPE = 200;

    private final ObjectNode entry;
    private final ArtifactReading reading;
    private final String toolId;

    ToolMapping(ObjectNode entry, ArtifactReading reading, String toolId) {
        this.entry = entry;
        this.reading = reading;
        this.toolId = toolId;
    }

    /** The id of the artifact that DiSE makes of a tool. */
    static String artifactId(String toolId) {
        return PlainText.id("tool_" + toolId, Envelope.MAX_SUBJECT);
    }

    GeneratedTool definition() {
        return new GeneratedTool(
                toolId,
                reading.name("tool_name", toolId),
                type(),
                reading.text("tool_yaml").orElse(null),
                reading.text("tool_code").orElse(null),
                metadata());
    }

    Artifact artifact() {
        String yaml = reading.text("tool_yaml").orElse("");
        ToolDefinition definition = ToolDefinition.parse(yaml);
        Map<String, JsonNode> metadata = metadata();
        metadata.put("is_tool", JsonNodeFactory.instance.booleanNode(true));
        metadata.put("tool_type", JsonNodeFactory.instance.stringNode(type()));
        Artifact artifact = Artifact.of(EventType.TOOL, artifactId(toolId), reading.name("tool_name", toolId), yaml)
                .withTags(tags(definition))
                .withMetadata(metadata)
                .withToolId(toolId);
        return definition.description().map(artifact::withDescription).orElse(artifact);
    }

    private List<String> tags(ToolDefinition definition) {
        return Stream.concat(Stream.of("tool", type()), reading.tags(definition.tags()).stream())
                .distinct()
                .limit(100)
                .toList();
    }

    private String type() {
        return PlainText.cut(
                reading.text("tool_type").filter(text -> !text.isBlank()).orElse(UNTYPED), MAX_TYPE);
    }

    private Map<String, JsonNode> metadata() {
        Map<String, JsonNode> metadata = new LinkedHashMap<>();
        if (entry.get("metadata") instanceof ObjectNode object) {
            object.properties().forEach(field -> metadata.put(field.getKey(), field.getValue()));
        }
        entry.properties().stream()
                .filter(field -> !WITH_FIELDS.contains(field.getKey()))
                .filter(field -> !field.getKey().equals("embedding"))
                .forEach(field -> metadata.put(field.getKey(), field.getValue()));
        return metadata;
    }
}
