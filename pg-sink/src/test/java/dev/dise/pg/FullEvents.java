package dev.dise.pg;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.data.Ancestry;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Conversation;
import dev.dise.schemas.data.DebugData;
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

/** One event of each type with every field set, and the row that it becomes, every value as text. */
final class FullEvents {
    static final Instant THEN = Instant.parse("2026-01-31T08:15:00.123456Z");

    private static final Instant BEFORE = Instant.parse("2025-12-24T18:00:00Z");
    private static final String BEFORE_TEXT = "2025-12-24 18:00:00+00";
    private static final Map<String, Object> EXTRA = Map.of("k", 1);
    private static final String JSON = "{\"k\": 1}";

    private FullEvents() {}

    static Event of(EventType type) {
        return Event.of("id-of-" + type.wireName(), "urn:dise:test", THEN, data(type))
                .withRunId("run-1");
    }

    /** The view that a reader finds it in. */
    static String view(EventType type) {
        return type.defaultStrategy() == StorageStrategy.RAG
                ? "artifacts"
                : type.table().orElseThrow();
    }

    private static EventData data(EventType type) {
        return switch (type) {
            case LOG -> Log.of("t", LogLevel.INFO, "m").withDetails(EXTRA);
            case FAILURE -> new Failure("t", "s", "e", Severity.LOW, "execution", "at x", EXTRA);
            case BUG_REPORT -> new BugReport("b", "t", Severity.HIGH, "m", "at x", EXTRA, true, BEFORE);
            case DEBUG_DATA ->
                new DebugData("tool", "c", "n", "p", "error", "e", "plain text", List.of(1), 1.5, 2.5, 3.5, "h", EXTRA);
            case PERF_DATA -> new PerfData("t", "latency", 1.5, "ms", EXTRA);
            case CONVERSATION -> new Conversation("c", "user", "hello", "m", "t", EXTRA);
            case ANCESTRY -> Ancestry.of("p", "c", "derived_from").withDetails(EXTRA);
            case GENERATED_TOOL -> new GeneratedTool("t", "n", "llm", "yaml", "code", EXTRA);
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX ->
                new Artifact(type, "a", "n", "c", "d", List.of("x"), EXTRA, 0.5, 3L, "t", BEFORE);
            case PERFORMANCE ->
                new Performance("a", "t", "n", Map.of("latency_ms", 1.5), "d", "c", List.of("x"), EXTRA);
            case EVALUATION -> new Evaluation("a", "n", "c", "t", "good", 0.9, EXTRA, 7, List.of("x"), EXTRA);
            case DELETION -> throw new IllegalArgumentException("a deletion has no row");
        };
    }

    /** What the row says beside the columns that every row has. */
    static Map<String, String> row(EventType type) {
        return switch (type) {
            case LOG -> Map.of("tool_id", "t", "log_level", "info", "message", "m", "details", JSON);
            case FAILURE ->
                Map.of(
                        "tool_id",
                        "t",
                        "scenario",
                        "s",
                        "error_message",
                        "e",
                        "severity",
                        "low",
                        "failure_type",
                        "execution",
                        "stack_trace",
                        "at x",
                        "details",
                        JSON);
            case BUG_REPORT ->
                Map.of(
                        "bug_id",
                        "b",
                        "tool_id",
                        "t",
                        "severity",
                        "high",
                        "message",
                        "m",
                        "stack_trace",
                        "at x",
                        "details",
                        JSON,
                        "resolved",
                        "t",
                        "resolved_at",
                        BEFORE_TEXT,
                        "occurrences",
                        "1");
            case DEBUG_DATA ->
                Map.ofEntries(
                        Map.entry("context_type", "tool"),
                        Map.entry("context_id", "c"),
                        Map.entry("context_name", "n"),
                        Map.entry("parent_context", "p"),
                        Map.entry("status", "error"),
                        Map.entry("error", "e"),
                        Map.entry("request", "\"plain text\""),
                        Map.entry("response", "[1]"),
                        Map.entry("duration_ms", "1.5"),
                        Map.entry("memory_mb", "2.5"),
                        Map.entry("cpu_percent", "3.5"),
                        Map.entry("code_hash", "h"),
                        Map.entry("metadata", JSON));
            case PERF_DATA ->
                Map.of("tool_id", "t", "metric_name", "latency", "metric_value", "1.5", "unit", "ms", "details", JSON);
            case CONVERSATION ->
                Map.of(
                        "conversation_id",
                        "c",
                        "role",
                        "user",
                        "content",
                        "hello",
                        "message_id",
                        "m",
                        "tool_id",
                        "t",
                        "details",
                        JSON);
            case ANCESTRY ->
                Map.of(
                        "parent_tool_id",
                        "p",
                        "child_tool_id",
                        "c",
                        "relationship_type",
                        "derived_from",
                        "details",
                        JSON);
            case GENERATED_TOOL ->
                Map.of(
                        "tool_id",
                        "t",
                        "tool_name",
                        "n",
                        "tool_type",
                        "llm",
                        "tool_yaml",
                        "yaml",
                        "tool_code",
                        "code",
                        "metadata",
                        JSON,
                        "occurrences",
                        "1");
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX ->
                Map.ofEntries(
                        Map.entry("artifact_type", type.wireName()),
                        Map.entry("artifact_id", "a"),
                        Map.entry("name", "n"),
                        Map.entry("content", "c"),
                        Map.entry("description", "d"),
                        Map.entry("tags", "[\"x\"]"),
                        Map.entry("metadata", JSON),
                        Map.entry("quality_score", "0.5"),
                        Map.entry("usage_count", "3"),
                        Map.entry("tool_id", "t"),
                        Map.entry("created_at", BEFORE_TEXT));
            case PERFORMANCE ->
                Map.of(
                        "tool_id",
                        "t",
                        "metric_name",
                        "latency_ms",
                        "metric_value",
                        "1.5",
                        "unit",
                        "",
                        "artifact_id",
                        "a");
            case EVALUATION ->
                Map.of(
                        "artifact_id",
                        "a",
                        "name",
                        "n",
                        "content",
                        "c",
                        "tool_id",
                        "t",
                        "verdict",
                        "good",
                        "overall_score",
                        "0.9",
                        "scores",
                        JSON,
                        "results",
                        "7",
                        "tags",
                        "[\"x\"]",
                        "metadata",
                        JSON);
            case DELETION -> Map.of();
        };
    }
}
