package dev.dise.gateway.logs;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.LogLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log line of another protocol in the words of a {@code log} event.
 *
 * @param id the id of the event; the same line of the same push, sent again, has the same
 * @param source who sent it
 * @param time when it was logged
 * @param toolId the tool that it is of
 * @param level how loud it is
 * @param message the line
 * @param details everything else that came with it; not copied
 * @param traceparent W3C trace context
 */
public record LogLine(
        String id,
        String source,
        Instant time,
        String toolId,
        LogLevel level,
        String message,
        ObjectNode details,
        @Nullable String traceparent) {

    /**
     * The event, not yet checked against its schema.
     *
     * @throws InvalidEventException if it is larger than an event may be
     */
    public Event event() {
        Envelope envelope = new Envelope(id, EventType.LOG, source, toolId, time, null, traceparent, null);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("tool_id", toolId);
        data.put("log_level", level.wireName());
        data.put("message", message);
        data.set("details", details);
        return new Event(envelope, LineJson.encode(data));
    }
}
