package dev.dise.pg;

import static dev.dise.pg.Column.json;
import static dev.dise.pg.Column.text;
import static dev.dise.pg.Column.typed;

import dev.dise.schemas.EventType;
import java.util.List;

/** The catalogue of the PostgreSQL side: which type goes to which table. */
public final class Tables {
    static final Table LOGS =
            Table.byDay("tool_logs", text("tool_id"), text("log_level"), text("message"), json("details"));

    static final Table FAILURES = Table.append(
            "tool_failures",
            text("tool_id"),
            text("scenario"),
            text("error_message"),
            text("severity"),
            text("failure_type"),
            text("stack_trace"),
            json("details"));

    static final Table DEBUG_DATA = Table.byDay(
            "tool_debug_data",
            text("context_type"),
            text("context_id"),
            text("context_name"),
            text("parent_context"),
            text("status"),
            text("error"),
            json("request"),
            json("response"),
            typed("duration_ms", Column.Type.DOUBLE),
            typed("memory_mb", Column.Type.DOUBLE),
            typed("cpu_percent", Column.Type.DOUBLE),
            text("code_hash"),
            json("metadata"));

    public static final Table PERFORMANCE = Table.byDay(
            "tool_performance",
            List.of("event_id", "metric_name"),
            text("tool_id"),
            text("metric_name"),
            typed("metric_value", Column.Type.NUMERIC),
            typed("unit", Column.Type.LABEL),
            json("details"),
            text("artifact_id"));

    static final Table CONVERSATIONS = Table.byDay(
            "conversations",
            text("conversation_id"),
            text("message_id"),
            text("tool_id"),
            text("role"),
            text("content"),
            json("details"));

    static final Table ANCESTRY = Table.append(
            "tool_ancestry", text("parent_tool_id"), text("child_tool_id"), text("relationship_type"), json("details"));

    static final Table BUGS = Table.entity(
            "tool_bugs",
            List.of("bug_id"),
            text("bug_id"),
            text("tool_id"),
            text("severity"),
            text("message"),
            text("stack_trace"),
            json("details"),
            typed("resolved", Column.Type.FLAG),
            typed("resolved_at", Column.Type.TIMESTAMPTZ));

    static final Table GENERATED_TOOLS = Table.entity(
            "generated_tools",
            List.of("tool_id"),
            text("tool_id"),
            text("tool_name"),
            text("tool_type"),
            text("tool_yaml"),
            text("tool_code"),
            json("metadata"));

    /** What each event said of a generated tool; a row for each beside the tool's own. */
    static final Table TOOL_VERSIONS = Table.append(
            "generated_tool_versions",
            text("tool_id"),
            text("tool_name"),
            text("tool_type"),
            text("tool_yaml"),
            text("tool_code"),
            json("metadata"),
            new Column("set_fields", "", Column.Type.TEXT));

    static final Table EVALUATIONS = Table.entity(
            "tool_evaluations",
            List.of("artifact_id"),
            text("artifact_id"),
            text("name"),
            text("content"),
            text("tool_id"),
            text("verdict"),
            typed("overall_score", Column.Type.DOUBLE),
            json("scores"),
            json("results"),
            json("tags"),
            json("metadata"));

    static final Table PERFORMANCE_ARTIFACTS = Table.entity(
            "performance_artifacts",
            List.of("artifact_id"),
            text("artifact_id"),
            text("tool_id"),
            text("name"),
            json("metrics"),
            text("description"),
            text("content"),
            json("tags"),
            json("metadata"));

    static final Table ARTIFACTS = Table.entity(
            "artifacts",
            List.of("artifact_type", "artifact_id"),
            text("artifact_type"),
            text("artifact_id"),
            text("name"),
            text("content"),
            text("description"),
            json("tags"),
            json("metadata"),
            typed("quality_score", Column.Type.DOUBLE),
            typed("usage_count", Column.Type.BIGINT),
            text("tool_id"),
            typed("created_at", Column.Type.TIMESTAMPTZ));

    public static final List<Table> ALL = List.of(
            LOGS,
            FAILURES,
            DEBUG_DATA,
            PERFORMANCE,
            CONVERSATIONS,
            ANCESTRY,
            BUGS,
            GENERATED_TOOLS,
            TOOL_VERSIONS,
            EVALUATIONS,
            PERFORMANCE_ARTIFACTS,
            ARTIFACTS);

    private Tables() {}

    /**
     * The table of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Table named(String name) {
        return ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }

    /** The table of a type; of a deletion ask for its target's. */
    static Table tableFor(EventType type) {
        return switch (type) {
            case LOG -> LOGS;
            case FAILURE -> FAILURES;
            case BUG_REPORT -> BUGS;
            case DEBUG_DATA -> DEBUG_DATA;
            case PERF_DATA -> PERFORMANCE;
            case CONVERSATION -> CONVERSATIONS;
            case ANCESTRY -> ANCESTRY;
            case GENERATED_TOOL -> GENERATED_TOOLS;
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX -> ARTIFACTS;
            case PERFORMANCE -> PERFORMANCE_ARTIFACTS;
            case EVALUATION -> EVALUATIONS;
            case DELETION -> throw new IllegalArgumentException("a deletion has the table of its target");
        };
    }
}
