package dev.dise.query;

import static dev.dise.query.Filter.contains;
import static dev.dise.query.Filter.text;

import dev.dise.query.Filter.Kind;
import java.util.List;

/** The catalogue of what can be listed. */
final class Resources {
    static final Resource PERFORMANCE = Resource.of(
            "/v1/performance", "tool_performance", text("tool_id"), text("metric_name"), text("artifact_id"));

    static final List<Resource> ALL = List.of(
            Resource.of(
                    "/v1/logs", "tool_logs", text("tool_id"), Filter.of("log_level", Kind.LEVEL), contains("message")),
            Resource.of(
                    "/v1/failures",
                    "tool_failures",
                    text("tool_id"),
                    text("scenario"),
                    text("failure_type"),
                    Filter.of("severity", Kind.SEVERITY),
                    contains("error_message", "scenario")),
            Resource.of(
                    "/v1/bugs",
                    "tool_bugs",
                    text("bug_id"),
                    text("tool_id"),
                    Filter.of("severity", Kind.SEVERITY),
                    Filter.of("resolved", Kind.FLAG),
                    contains("message")),
            Resource.of(
                    "/v1/conversations",
                    "conversations",
                    text("conversation_id"),
                    text("message_id"),
                    text("tool_id"),
                    text("role"),
                    contains("content")),
            Resource.of(
                    "/v1/evaluations",
                    "tool_evaluations",
                    text("artifact_id"),
                    text("tool_id"),
                    text("verdict"),
                    contains("name", "content")),
            Resource.of("/v1/tools", "generated_tools", text("tool_id"), text("tool_type"), contains("tool_name")),
            Resource.of(
                    "/v1/debug",
                    "tool_debug_data",
                    text("context_type"),
                    text("context_id"),
                    text("parent_context"),
                    text("status"),
                    text("code_hash"),
                    contains("context_name", "error")),
            PERFORMANCE);

    private Resources() {}
}
