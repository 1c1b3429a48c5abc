package dev.dise.cli.imports;

import dev.dise.schemas.data.DebugData;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.PerfData;
import dev.dise.schemas.data.Performance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Artifacts that measure or judge a tool. */
final class MeasureMapping {
    private static final int MAX_METRICS = 200;
    private static final int MAX_METRIC_NAME = 200;

    private MeasureMapping() {}

    /** A call: what it took if that was measured, else what went in and came out. */
    static List<EventData> interaction(MemoryArtifact artifact) {
        String toolId = artifact.toolId();
        if (toolId == null) {
            return List.of();
        }
        EventData data = artifact.number("latency_ms")
                .<EventData>map(latency -> latency(artifact, toolId, latency))
                .orElseGet(() -> call(artifact, toolId));
        return List.of(data);
    }

    /** Every number of the metadata is a metric; what is none stays metadata. */
    static List<EventData> performance(MemoryArtifact artifact) {
        Map<String, Number> metrics = new LinkedHashMap<>();
        artifact.metadata().forEach((name, value) -> {
            if (isMetric(name, value) && metrics.size() < MAX_METRICS) {
                metrics.put(name, value.numberValue());
            }
        });
        String toolId = artifact.toolId();
        if (toolId == null || metrics.isEmpty()) {
            return List.of();
        }
        return List.of(new Performance(
                artifact.id(),
                toolId,
                artifact.name(),
                metrics,
                artifact.description(),
                artifact.content(),
                artifact.tags(),
                artifact.metadataWithout(metrics.keySet())));
    }

    /** A judgement, with the score that its metadata or else the artifact itself has. */
    static List<EventData> evaluation(MemoryArtifact artifact) {
        Double score = firstNumber(artifact, "quality_score", "overall_score", "score_overall", "score", "weight")
                .orElse(artifact.qualityScore());
        return List.of(new Evaluation(
                artifact.id(),
                artifact.name(),
                artifact.content(),
                artifact.toolId(),
                verdict(artifact).orElse(null),
                score,
                null,
                null,
                artifact.tags(),
                artifact.metadataWithout(Set.of("verdict", "tool_id"))));
    }

    private static EventData latency(MemoryArtifact artifact, String toolId, double latency) {
        Map<String, Object> details = artifact.restWithout(Set.of("tool_id", "latency_ms"));
        details.put("content", artifact.content());
        return new PerfData(toolId, "latency_ms", latency, "ms", details);
    }

    private static EventData call(MemoryArtifact artifact, String toolId) {
        DebugData.Builder call = DebugData.of(artifact.text("interaction_type").orElse("tool"), toolId)
                .contextName(artifact.text("tool_name").orElse(artifact.name()))
                .response(artifact.content())
                .metadata(artifact.restWithout(Set.of("tool_id", "tool_name", "interaction_type", "success")));
        artifact.truth("success").ifPresent(success -> call.status(success ? "success" : "error"));
        return call.build();
    }

    private static Optional<String> verdict(MemoryArtifact artifact) {
        return artifact.text("verdict")
                .or(() -> artifact.text("feedback_type"))
                .or(() -> artifact.tags().stream()
                        .filter(tag -> tag.equals("positive") || tag.equals("negative"))
                        .findFirst());
    }

    private static Optional<Double> firstNumber(MemoryArtifact artifact, String... keys) {
        return List.of(keys).stream()
                .flatMap(key -> artifact.number(key).stream())
                .findFirst();
    }

    private static boolean isMetric(String name, @Nullable JsonNode value) {
        return value != null
                && value.isNumber()
                && Double.isFinite(value.doubleValue())
                && !name.isEmpty()
                && name.length() <= MAX_METRIC_NAME;
    }
}
