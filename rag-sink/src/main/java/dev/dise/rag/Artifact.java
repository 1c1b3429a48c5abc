package dev.dise.rag;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.schemas.EventType;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an event is embedded and shown: any type has it, since the config may send any type here.
 *
 * @param id identity of the artifact: its entity's id, or the event's where every event stands alone
 */
record Artifact(EventType type, String id, String name, String description, String content) {

    static Artifact from(DecodedEvent event) {
        EventType type = event.envelope().type();
        ObjectNode data = event.data();
        String id =
                type.isEntity() ? event.envelope().subject() : event.envelope().id();
        return switch (type) {
            case PLAN, FUNCTION, SUB_WORKFLOW, WORKFLOW, TOOL, PROMPT, PATTERN, CODE_FIX, PERFORMANCE, EVALUATION ->
                new Artifact(type, id, text(data, "name"), text(data, "description"), text(data, "content"));
            case LOG -> new Artifact(type, id, text(data, "tool_id"), text(data, "log_level"), text(data, "message"));
            case FAILURE ->
                new Artifact(type, id, text(data, "scenario"), text(data, "error_message"), text(data, "stack_trace"));
            case BUG_REPORT ->
                new Artifact(type, id, text(data, "message"), text(data, "tool_id"), text(data, "stack_trace"));
            case DEBUG_DATA ->
                new Artifact(type, id, text(data, "context_name"), text(data, "error"), text(data, "request"));
            case PERF_DATA ->
                new Artifact(type, id, text(data, "metric_name"), text(data, "tool_id"), text(data, "metric_value"));
            case CONVERSATION ->
                new Artifact(type, id, text(data, "role"), text(data, "conversation_id"), text(data, "content"));
            case ANCESTRY ->
                new Artifact(
                        type,
                        id,
                        text(data, "relationship_type"),
                        text(data, "parent_tool_id"),
                        text(data, "child_tool_id"));
            case GENERATED_TOOL ->
                new Artifact(type, id, text(data, "tool_name"), text(data, "tool_type"), text(data, "tool_yaml"));
            case DELETION -> throw new IllegalArgumentException("a deletion has nothing to embed");
        };
    }

    /** The text that is embedded: name, description and content, a line each, as DiSE does. */
    String text() {
        return lines(name, description, content);
    }

    /** How many characters of the text say what the artifact is, before its content begins. */
    int headLength() {
        return lines(name, description).length();
    }

    private static String lines(String... parts) {
        return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining("\n"));
    }

    private static String text(ObjectNode data, String field) {
        JsonNode value = data.get(field);
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
