package dev.dise.cli.imports;

import dev.dise.schemas.Severity;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Conversation;
import dev.dise.schemas.data.DebugData;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Failure;
import dev.dise.schemas.data.PerfData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Artifacts that DiSE types as what we store in tables. Empty where the metadata lacks what their table requires. */
final class RecordMapping {
    private RecordMapping() {}

    /** What the user said, as a conversation of one message. */
    static List<EventData> conversation(MemoryArtifact artifact) {
        return List.of(new Conversation(
                artifact.id(),
                "user",
                artifact.content(),
                null,
                artifact.toolId(),
                artifact.restWithout(Set.of("tool_id"))));
    }

    static List<EventData> failure(MemoryArtifact artifact) {
        return toolId(artifact)
                .<EventData>map(toolId -> new Failure(
                        toolId,
                        artifact.text("scenario").orElse(artifact.name()),
                        artifact.text("error").orElse(artifact.content()),
                        severity(artifact),
                        artifact.text("failure_type").orElse("execution"),
                        artifact.text("stack_trace").orElse(null),
                        artifact.restWithout(
                                Set.of("tool_id", "scenario", "error", "severity", "failure_type", "stack_trace"))))
                .stream()
                .toList();
    }

    static List<EventData> bugReport(MemoryArtifact artifact) {
        String message = artifact.content().isBlank() ? artifact.name() : artifact.content();
        return toolId(artifact)
                .<EventData>map(toolId -> BugReport.of(artifact.id(), toolId, severity(artifact), message)
                        .withDetails(artifact.restWithout(Set.of("tool_id", "severity"))))
                .stream()
                .toList();
    }

    static List<EventData> debugData(MemoryArtifact artifact) {
        return artifact
                .text("context_id")
                .or(() -> toolId(artifact))
                .<EventData>map(id -> DebugData.of(artifact.text("context_type").orElse("tool"), PlainText.id(id, 500))
                        .contextName(artifact.text("context_name").orElse(artifact.name()))
                        .response(artifact.content())
                        .metadata(artifact.restWithout(Set.of("context_id", "context_type", "context_name")))
                        .build())
                .stream()
                .toList();
    }

    static List<EventData> perfData(MemoryArtifact artifact) {
        Optional<String> metric = artifact.text("metric_name");
        Optional<Double> value = artifact.number("metric_value");
        if (metric.isEmpty() || value.isEmpty()) {
            return MeasureMapping.interaction(artifact).stream()
                    .filter(PerfData.class::isInstance)
                    .toList();
        }
        Map<String, Object> details = artifact.restWithout(Set.of("tool_id", "metric_name", "metric_value", "unit"));
        return toolId(artifact)
                .<EventData>map(toolId -> new PerfData(
                        toolId, metric.get(), value.get(), artifact.text("unit").orElse(null), details))
                .stream()
                .toList();
    }

    private static Optional<String> toolId(MemoryArtifact artifact) {
        return Optional.ofNullable(artifact.toolId());
    }

    private static Severity severity(MemoryArtifact artifact) {
        return artifact.text("severity").flatMap(Severity::parse).orElse(Severity.MEDIUM);
    }
}
