package dev.dise.cli.imports;

import dev.dise.schemas.EventType;
import dev.dise.schemas.data.EventData;
import java.util.List;

/** Which events an artifact of a DiSE memory is. */
final class ArtifactMapping {
    private ArtifactMapping() {}

    /** The data of its events; empty if it lacks a field without which there is no event of its type. */
    static List<EventData> map(MemoryArtifact artifact, EventType type) {
        return switch (type) {
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, CODE_FIX -> List.of(artifact.as(type));
            case PATTERN -> mapPattern(artifact);
            case CONVERSATION -> RecordMapping.conversation(artifact);
            case FAILURE -> RecordMapping.failure(artifact);
            case BUG_REPORT -> RecordMapping.bugReport(artifact);
            case DEBUG_DATA -> RecordMapping.debugData(artifact);
            case PERF_DATA -> RecordMapping.perfData(artifact);
            case PERFORMANCE -> MeasureMapping.performance(artifact);
            case EVALUATION -> MeasureMapping.evaluation(artifact);
            case LOG, ANCESTRY, GENERATED_TOOL, DELETION -> List.of();
        };
    }

    /** Whether an artifact can be of that type: the fifteen that DiSE knows. */
    static boolean isArtifactType(EventType type) {
        return switch (type) {
            case LOG, ANCESTRY, GENERATED_TOOL, DELETION -> false;
            default -> true;
        };
    }

    private static List<EventData> mapPattern(MemoryArtifact artifact) {
        return switch (PatternFamily.of(artifact)) {
            case TOOL -> List.of(artifact.as(EventType.TOOL));
            case INVOCATION -> List.of(artifact.as(EventType.PROMPT));
            case EXECUTION -> ExecutionMapping.map(artifact);
            case INTERACTION -> MeasureMapping.interaction(artifact);
            case TIMEOUT_STATS -> MeasureMapping.performance(artifact);
            case FEEDBACK -> MeasureMapping.evaluation(artifact);
            case CODE_FIX -> List.of(artifact.as(EventType.CODE_FIX));
            case PATTERN -> List.of(artifact.as(EventType.PATTERN));
        };
    }
}
