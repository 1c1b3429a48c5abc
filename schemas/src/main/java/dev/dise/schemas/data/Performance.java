package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a tool performed, by several metrics at once; the values are finite numbers. */
public record Performance(
        String artifactId,
        String toolId,
        String name,
        Map<String, ? extends Number> metrics,
        @Nullable String description,
        @Nullable String content,
        @Nullable List<String> tags,
        @Nullable Map<String, ?> metadata)
        implements EventData {

    public Performance {
        Required.id("artifact_id", artifactId);
        Required.id("tool_id", toolId);
        Required.text("name", name);
        Required.metrics("metrics", metrics);
    }

    /** With nothing optional. */
    public static Performance of(String artifactId, String toolId, String name, Map<String, ? extends Number> metrics) {
        return new Performance(artifactId, toolId, name, metrics, null, null, null, null);
    }

    /** The same with this description. */
    public Performance withDescription(String newDescription) {
        return new Performance(artifactId, toolId, name, metrics, newDescription, content, tags, metadata);
    }

    /** The same with this content. */
    public Performance withContent(String newContent) {
        return new Performance(artifactId, toolId, name, metrics, description, newContent, tags, metadata);
    }

    /** The same with this tags. */
    public Performance withTags(List<String> newTags) {
        return new Performance(artifactId, toolId, name, metrics, description, content, newTags, metadata);
    }

    /** The same with this metadata. */
    public Performance withMetadata(Map<String, ?> newMetadata) {
        return new Performance(artifactId, toolId, name, metrics, description, content, tags, newMetadata);
    }

    @Override
    public EventType type() {
        return EventType.PERFORMANCE;
    }

    @Override
    public String subject() {
        return artifactId;
    }
}
