package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The definition of a tool; the same tool id again is a newer version of it. */
public record GeneratedTool(
        String toolId,
        String toolName,
        String toolType,
        @Nullable String toolYaml,
        @Nullable String toolCode,
        @Nullable Map<String, ?> metadata)
        implements EventData {

    public GeneratedTool {
        Required.id("tool_id", toolId);
        Required.text("tool_name", toolName);
        Required.text("tool_type", toolType);
    }

    /** With nothing optional. */
    public static GeneratedTool of(String toolId, String toolName, String toolType) {
        return new GeneratedTool(toolId, toolName, toolType, null, null, null);
    }

    /** The same with this tool yaml. */
    public GeneratedTool withToolYaml(String newToolYaml) {
        return new GeneratedTool(toolId, toolName, toolType, newToolYaml, toolCode, metadata);
    }

    /** The same with this tool code. */
    public GeneratedTool withToolCode(String newToolCode) {
        return new GeneratedTool(toolId, toolName, toolType, toolYaml, newToolCode, metadata);
    }

    /** The same with this metadata. */
    public GeneratedTool withMetadata(Map<String, ?> newMetadata) {
        return new GeneratedTool(toolId, toolName, toolType, toolYaml, toolCode, newMetadata);
    }

    @Override
    public EventType type() {
        return EventType.GENERATED_TOOL;
    }

    @Override
    public String subject() {
        return toolId;
    }
}
