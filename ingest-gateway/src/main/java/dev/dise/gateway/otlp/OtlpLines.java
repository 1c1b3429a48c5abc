package dev.dise.gateway.otlp;

import dev.dise.gateway.logs.ExactTime;
import dev.dise.gateway.logs.LogLine;
import dev.dise.gateway.logs.ToolId;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes log lines of the records of one request. A record is known by its request and its place in it: exporters try again
 * with the very bytes. A record without any time is a new event each time. Not thread-safe.
 */
final class OtlpLines {
    private static final String SOURCE = "urn:dise:otlp";
    private static final List<String> TOOL = List.of("tool_id", "dise.tool_id");
    private static final List<String> RESOURCE_TOOL = List.of("tool_id", "dise.tool_id", "service.name");
    private static final List<String> SCOPE_TOOL = List.of(Names.NAME);

    private final String request;
    private final Instant now;
    private int index;

    /**
     * @param request the digest of the request
     * @param now the time of records that have none
     */
    OtlpLines(String request, Instant now) {
        this.request = request;
        this.now = now;
    }

    LogLine of(OtlpRecord record) {
        String id = EventIds.nameBased("otlp/" + request + "/" + index++).toString();
        long nanos = record.time == 0 ? record.observedTime : record.time;
        Instant time = nanos == 0 ? now : ExactTime.ofUnsigned(nanos);
        return new LogLine(
                nanos == 0 ? EventIds.next() : id,
                SOURCE,
                time,
                toolId(record),
                level(record),
                message(record),
                details(record, time),
                TraceContext.traceparent(record));
    }

    private static String toolId(OtlpRecord record) {
        @Nullable String own = ToolId.in(record.attributes, TOOL);
        if (own != null) {
            return own;
        }
        @Nullable
        String resource = record.resource.get(Names.ATTRIBUTES) instanceof ObjectNode attributes
                ? ToolId.in(attributes, RESOURCE_TOOL)
                : null;
        return resource != null
                ? resource
                : Objects.requireNonNullElse(ToolId.in(record.scope, SCOPE_TOOL), ToolId.UNKNOWN);
    }

    private static LogLevel level(OtlpRecord record) {
        int number = record.severityNumber;
        if (number < 1 || number > 24) {
            return LogLevel.parse(record.severityText).orElse(LogLevel.INFO);
        }
        if (number <= 8) {
            return LogLevel.DEBUG;
        }
        return switch ((number - 1) / 4) {
            case 2 -> LogLevel.INFO;
            case 3 -> LogLevel.WARNING;
            case 4 -> LogLevel.ERROR;
            default -> LogLevel.CRITICAL;
        };
    }

    /** The body; of a record without one, which then is an event, the event's name. */
    private static String message(OtlpRecord record) {
        JsonNode body = record.body;
        if (body == null || body.isNull()) {
            return record.eventName;
        }
        return body.isString() ? body.stringValue() : body.toString();
    }

    private static ObjectNode details(OtlpRecord record, Instant time) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        putObject(details, Names.RESOURCE, record.resource);
        putObject(details, Names.SCOPE, record.scope);
        putObject(details, Names.ATTRIBUTES, record.attributes);
        if (record.body != null && !record.body.isNull() && !record.body.isString()) {
            details.set(Names.BODY, record.body);
        }
        putText(details, Names.EVENT_NAME, record.eventName);
        putNumber(details, Names.SEVERITY_NUMBER, record.severityNumber);
        putText(details, Names.SEVERITY_TEXT, record.severityText);
        putText(details, Names.TRACE_ID, record.traceId);
        putText(details, Names.SPAN_ID, record.spanId);
        putNumber(details, Names.FLAGS, Integer.toUnsignedLong(record.flags));
        putNumber(details, Names.DROPPED_ATTRIBUTES, record.droppedAttributes);
        if (record.observedTime != 0) {
            details.put(
                    Names.OBSERVED_TIME,
                    ExactTime.ofUnsigned(record.observedTime).toString());
        }
        ExactTime.keep(details, time);
        return details;
    }

    private static void putObject(ObjectNode details, String name, ObjectNode value) {
        if (!value.isEmpty()) {
            details.set(name, value);
        }
    }

    private static void putText(ObjectNode details, String name, String value) {
        if (!value.isEmpty()) {
            details.put(name, value);
        }
    }

    private static void putNumber(ObjectNode details, String name, long value) {
        if (value != 0) {
            details.put(name, value);
        }
    }
}
