package dev.dise.cli.imports;

import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Artifact;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An artifact of a DiSE memory, brought into the bounds of our events.
 *
 * @param toolId the tool that its metadata names
 * @param createdAt when it was made; null where it does not say
 */
record MemoryArtifact(
        String id,
        String type,
        String name,
        String content,
        @Nullable String description,
        List<String> tags,
        Map<String, JsonNode> metadata,
        @Nullable String toolId,
        @Nullable Double qualityScore,
        @Nullable Long usageCount,
        @Nullable Instant createdAt) {

    /** The same as an artifact of that type, with all it says. */
    Artifact as(EventType kind) {
        return new Artifact(
                kind, id, name, content, description, tags, metadata, qualityScore, usageCount, toolId, createdAt);
    }

    /** A text of the metadata that is not blank. */
    Optional<String> text(String key) {
        JsonNode value = metadata.get(key);
        return value != null && value.isString() && !value.stringValue().isBlank()
                ? Optional.of(value.stringValue())
                : Optional.empty();
    }

    /** A finite number of the metadata. */
    Optional<Double> number(String key) {
        JsonNode value = metadata.get(key);
        return value != null && value.isNumber() && Double.isFinite(value.doubleValue())
                ? Optional.of(value.doubleValue())
                : Optional.empty();
    }

    /** A truth of the metadata. */
    Optional<Boolean> truth(String key) {
        JsonNode value = metadata.get(key);
        return value != null && value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    boolean hasTag(String tag) {
        return tags.contains(tag);
    }

    /** The metadata without what has a field of its own. */
    Map<String, Object> metadataWithout(Set<String> keys) {
        Map<String, Object> rest = new LinkedHashMap<>(metadata);
        rest.keySet().removeAll(keys);
        return rest;
    }

    /** All that a record which is no artifact would lose: the metadata without these keys, and the artifact's own fields. */
    Map<String, Object> restWithout(Set<String> keys) {
        Map<String, Object> rest = metadataWithout(keys);
        rest.put("artifact_id", id);
        rest.put("name", name);
        rest.put("tags", tags);
        if (description != null) {
            rest.put("description", description);
        }
        if (qualityScore != null && !rest.containsKey("quality_score")) {
            rest.put("quality_score", qualityScore);
        }
        if (usageCount != null) {
            rest.put("usage_count", usageCount);
        }
        return rest;
    }
}
