package dev.dise.schemas;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One event of each type with every field set. */
final class Samples {
    private static final Map<String, Object> EXTRA = Map.of("k", 1);
    private static final Instant THEN = Instant.parse("2026-01-31T08:15:00.123456Z");

    private Samples() {}

    static EventData full(EventType type) {
        return switch (type) {
            case LOG -> Log.of("t", LogLevel.INFO, "m").withDetails(EXTRA);
            case FAILURE -> new Failure("t", "s", "e", Severity.LOW, "execution", "at x", EXTRA);
            case BUG_REPORT -> new BugReport("b", "t", Severity.HIGH, "m", "at x", EXTRA, true, THEN);
            case DEBUG_DATA ->
                new DebugData("tool", "c", "n", "p", "error", "e", EXTRA, List.of(1), 1.5, 2.5, 3.5, "h", EXTRA);
            case PERF_DATA -> new PerfData("t", "latency", 1.5, "ms", EXTRA);
            case CONVERSATION -> new Conversation("c", "user", "hello", "m", "t", EXTRA);
            case ANCESTRY -> Ancestry.of("p", "c", "derived_from").withDetails(EXTRA);
            case GENERATED_TOOL -> new GeneratedTool("t", "n", "llm", "yaml", "code", EXTRA);
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX ->
                new Artifact(type, "a", "n", "c", "d", List.of("x"), EXTRA, 0.5, 3L, "t", THEN);
            case PERFORMANCE ->
                new Performance("a", "t", "n", Map.of("latency_ms", 1.5), "d", "c", List.of("x"), EXTRA);
            case EVALUATION -> new Evaluation("a", "n", "c", "t", "good", 0.9, EXTRA, List.of(1), List.of("x"), EXTRA);
            case DELETION -> Deletion.of(EventType.PLAN, "a").withReason("r");
        };
    }
}
