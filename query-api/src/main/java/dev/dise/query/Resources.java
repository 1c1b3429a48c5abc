package dev.dise.query;

import static dev.dise.query.Filter.inside;
import static dev.dise.query.Filter.text;
import static dev.dise.query.Filter.words;

import dev.dise.query.Filter.Kind;
import java.util.List;

/** The catalogue of what can be listed. */
public final class Resources {
    public static final Resource PERFORMANCE = Resource.byDay(
            "/v1/performance",
            "tool_performance",
            text("tool_id"),
            text("metric_name"),
            text("artifact_id"),
            inside("details"));

    public static final List<Resource> ALL = List.of(
            Resource.byDay(
                    "/v1/logs",
                    "tool_logs",
                    text("tool_id"),
                    Filter.of("log_level", Kind.LEVEL),
                    words("message"),
                    inside("details")),
            Resource.of(
                    "/v1/failures",
                    "tool_failures",
                    text("tool_id"),
                    Filter.of("scenario", Kind.LONG_TEXT),
                    text("failure_type"),
                    Filter.of("fingerprint", Kind.FINGERPRINT),
                    Filter.of("severity", Kind.SEVERITY),
                    words("error_message", "stack_trace", "scenario"),
                    inside("details")),
            Resource.of(
                    "/v1/bugs",
                    "tool_bugs",
                    text("bug_id"),
                    text("tool_id"),
                    Filter.of("severity", Kind.SEVERITY),
                    Filter.of("resolved", Kind.FLAG),
                    Filter.of("fingerprint", Kind.FINGERPRINT),
                    words("message", "stack_trace"),
                    inside("details")),
            Resource.byDay(
                    "/v1/conversations",
                    "conversations",
                    text("conversation_id"),
                    text("message_id"),
                    text("tool_id"),
                    text("role"),
                    words("content"),
                    inside("details")),
            Resource.of(
                    "/v1/evaluations",
                    "tool_evaluations",
                    text("artifact_id"),
                    text("tool_id"),
                    text("verdict"),
                    words("name", "content"),
                    inside("metadata")),
            Resource.of(
                    "/v1/tools",
                    "generated_tools",
                    text("tool_id"),
                    text("tool_type"),
                    words("tool_name"),
                    inside("metadata")),
            Resource.byDay(
                    "/v1/debug",
                    "tool_debug_data",
                    text("context_type"),
                    text("context_id"),
                    text("parent_context"),
                    text("status"),
                    text("code_hash"),
                    words("error", "context_name"),
                    inside("metadata")),
            PERFORMANCE);

    private Resources() {}
}
