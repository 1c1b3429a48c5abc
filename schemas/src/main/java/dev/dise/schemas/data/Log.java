package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log line of a tool. */
public record Log(
        String toolId,
        LogLevel logLevel,
        String message,
        @Nullable Map<String, ?> details) implements EventData {

    public Log {
        Required.id("tool_id", toolId);
    }

    /** With nothing optional. */
    public static Log of(String toolId, LogLevel logLevel, String message) {
        return new Log(toolId, logLevel, message, null);
    }

    /** The same with this details. */
    public Log withDetails(Map<String, ?> newDetails) {
        return new Log(toolId, logLevel, message, newDetails);
    }

    @Override
    public EventType type() {
        return EventType.LOG;
    }

    @Override
    public String subject() {
        return toolId;
    }
}
