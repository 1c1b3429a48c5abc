package dev.dise.localdev;

import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.data.Ancestry;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Conversation;
import dev.dise.schemas.data.DebugData;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Failure;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.PerfData;
import dev.dise.schemas.data.Performance;
import java.util.Map;

/** An event of each type about one subject. */
final class OneOfEach {
    private OneOfEach() {}

    static EventData of(EventType type, String subject) {
        return switch (type) {
            case LOG -> Log.of(subject, LogLevel.WARNING, "the disk is nearly full");
            case FAILURE -> Failure.of(subject, "an empty file", "IndexError");
            case BUG_REPORT -> BugReport.of(subject, "tool", Severity.HIGH, "it forgets the last line");
            case DEBUG_DATA -> DebugData.of("tool", subject).status("error").build();
            case PERF_DATA -> PerfData.of(subject, "latency_ms", 12.5);
            case CONVERSATION -> Conversation.of(subject, "user", "please be quick");
            case ANCESTRY -> Ancestry.of(subject + "-parent", subject, "optimized_from");
            case GENERATED_TOOL -> GeneratedTool.of(subject, "Reader", "executable");
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX ->
                Artifact.of(type, subject, "Retry politely", "wait, then try again");
            case PERFORMANCE -> Performance.of(subject, "tool", "Nightly run", Map.of("p50_ms", 3, "p95_ms", 9));
            case EVALUATION -> Evaluation.of(subject, "Weekly review", "does what it says");
            case DELETION -> Deletion.of(EventType.PATTERN, subject);
        };
    }
}
