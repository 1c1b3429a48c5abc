package dev.dise.schemas.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Qdrant finds by meaning: a plan, function, sub-workflow, workflow, tool, prompt, pattern or code fix. The eight types
 * differ in nothing but their name, so they share this record. The same artifact id again is a newer version of it.
 */
public record Artifact(
        @JsonIgnore EventType kind,
        String artifactId,
        String name,
        String content,
        @Nullable String description,
        @Nullable List<String> tags,
        @Nullable Map<String, ?> metadata,
        @Nullable Double qualityScore,
        @Nullable Long usageCount,
        @Nullable String toolId,
        @Nullable Instant createdAt)
        implements EventData {

    public Artifact {
        Required.kind("type", kind);
        Required.id("artifact_id", artifactId);
        Required.text("name", name);
    }

    /** With nothing optional. */
    public static Artifact of(EventType kind, String artifactId, String name, String content) {
        return new Artifact(kind, artifactId, name, content, null, null, null, null, null, null, null);
    }

    /** The same with this description. */
    public Artifact withDescription(String newDescription) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                newDescription,
                tags,
                metadata,
                qualityScore,
                usageCount,
                toolId,
                createdAt);
    }

    /** The same with this tags. */
    public Artifact withTags(List<String> newTags) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                description,
                newTags,
                metadata,
                qualityScore,
                usageCount,
                toolId,
                createdAt);
    }

    /** The same with this metadata. */
    public Artifact withMetadata(Map<String, ?> newMetadata) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                description,
                tags,
                newMetadata,
                qualityScore,
                usageCount,
                toolId,
                createdAt);
    }

    /** The same with this quality score. */
    public Artifact withQualityScore(Double newQualityScore) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                description,
                tags,
                metadata,
                newQualityScore,
                usageCount,
                toolId,
                createdAt);
    }

    /** The same with this usage count. */
    public Artifact withUsageCount(Long newUsageCount) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                description,
                tags,
                metadata,
                qualityScore,
                newUsageCount,
                toolId,
                createdAt);
    }

    /** The same with this tool id. */
    public Artifact withToolId(String newToolId) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                description,
                tags,
                metadata,
                qualityScore,
                usageCount,
                newToolId,
                createdAt);
    }

    /** The same with this created at. */
    public Artifact withCreatedAt(Instant newCreatedAt) {
        return new Artifact(
                kind,
                artifactId,
                name,
                content,
                description,
                tags,
                metadata,
                qualityScore,
                usageCount,
                toolId,
                newCreatedAt);
    }

    @Override
    public EventType type() {
        return kind;
    }

    @Override
    public String subject() {
        return artifactId;
    }
}
