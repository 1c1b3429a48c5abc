package dev.dise.cli.imports;

import dev.dise.schemas.Envelope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one entry with tolerance, and notes what it had to change. */
final class ArtifactReading {
    private static final int MAX_NAME = 10_000;
    private static final int MAX_TAGS = 100;
    private static final int MAX_TAG = 200;

    private final ObjectNode entry;
    private final Set<Adjustment> adjustments = EnumSet.noneOf(Adjustment.class);

    /** Repairs the texts of the entry in place. */
    ArtifactReading(ObjectNode entry) {
        this.entry = entry;
        if (TextRepair.repair(entry)) {
            note(Adjustment.TEXT_REPAIRED);
        }
    }

    Set<Adjustment> adjustments() {
        return adjustments;
    }

    void note(Adjustment adjustment) {
        adjustments.add(adjustment);
    }

    /** The artifact, or empty if it has no id. */
    Optional<MemoryArtifact> artifact() {
        return id("artifact_id").map(this::artifact);
    }

    /** An id, shortened if need be. */
    Optional<String> id(String field) {
        return id(entry.get(field));
    }

    /** A text; another value becomes its JSON; empty if there is none or it is null. */
    Optional<String> text(String field) {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(PlainText.of(value.isString() ? value.stringValue() : value.toString()));
    }

    /** A name, or the id for want of one. */
    String name(String field, String id) {
        Optional<String> name = text(field).filter(text -> !text.isBlank());
        if (name.isEmpty()) {
            note(Adjustment.NAME_FROM_ID);
            return id;
        }
        if (name.get().length() > MAX_NAME) {
            note(Adjustment.NAME_CUT);
        }
        return PlainText.cut(name.get(), MAX_NAME);
    }

    /** Tags, each once and within bounds. */
    List<String> tags(@Nullable JsonNode value) {
        if (value == null || !value.isArray()) {
            return List.of();
        }
        List<String> all =
                value.valueStream().map(JsonNode::asString).map(PlainText::of).toList();
        List<String> once =
                all.stream().map(tag -> PlainText.cut(tag, MAX_TAG)).distinct().toList();
        if (once.size() < all.size()) {
            note(Adjustment.TAGS_DEDUPLICATED);
        }
        if (once.size() > MAX_TAGS || all.stream().anyMatch(tag -> tag.length() > MAX_TAG)) {
            note(Adjustment.TAGS_CUT);
        }
        return once.stream().limit(MAX_TAGS).toList();
    }

    private MemoryArtifact artifact(String id) {
        Map<String, JsonNode> metadata = metadata();
        return new MemoryArtifact(
                id,
                text("artifact_type").orElse("").strip(),
                name("name", id),
                text("content").orElse(""),
                text("description").orElse(null),
                tags(entry.get("tags")),
                metadata,
                id(metadata.get("tool_id")).orElse(null),
                number("quality_score").orElse(null),
                number("usage_count")
                        .filter(count -> count >= 0)
                        .map(Double::longValue)
                        .orElse(null),
                createdAt(metadata).orElse(null));
    }

    private Optional<String> id(@Nullable JsonNode value) {
        if (value == null || !(value.isString() || value.isIntegralNumber())) {
            return Optional.empty();
        }
        String id = PlainText.of(value.asString());
        if (id.length() > Envelope.MAX_SUBJECT) {
            note(Adjustment.ID_SHORTENED);
        }
        return id.isBlank() ? Optional.empty() : Optional.of(PlainText.id(id, Envelope.MAX_SUBJECT));
    }

    private Map<String, JsonNode> metadata() {
        Map<String, JsonNode> metadata = new LinkedHashMap<>();
        JsonNode value = entry.get("metadata");
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> metadata.put(field.getKey(), field.getValue()));
        } else if (value != null && !value.isNull()) {
            metadata.put("metadata", value);
        }
        return metadata;
    }

    private Optional<Double> number(String field) {
        JsonNode value = entry.get(field);
        return value != null && value.isNumber() && Double.isFinite(value.doubleValue())
                ? Optional.of(value.doubleValue())
                : Optional.empty();
    }

    private Optional<Instant> createdAt(Map<String, JsonNode> metadata) {
        Optional<Instant> own = Timestamps.read(entry.get("created_at"), ZoneOffset.UTC);
        if (own.isPresent()) {
            return own;
        }
        note(Adjustment.TIME_SUBSTITUTED);
        return Stream.of("timestamp", "created_at", "last_updated")
                .flatMap(key -> Timestamps.read(metadata.get(key), ZoneOffset.UTC).stream())
                .findFirst();
    }
}
