package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import dev.dise.schemas.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool that failed in some scenario. */
public record Failure(
        String toolId,
        String scenario,
        String errorMessage,
        @Nullable Severity severity,
        @Nullable String failureType,
        @Nullable String stackTrace,
        @Nullable Map<String, ?> details)
        implements EventData {

    public Failure {
        Required.id("tool_id", toolId);
    }

    /** With nothing optional. */
    public static Failure of(String toolId, String scenario, String errorMessage) {
        return new Failure(toolId, scenario, errorMessage, null, null, null, null);
    }

    /** The same with this severity. */
    public Failure withSeverity(Severity newSeverity) {
        return new Failure(toolId, scenario, errorMessage, newSeverity, failureType, stackTrace, details);
    }

    /** The same with this failure type. */
    public Failure withFailureType(String newFailureType) {
        return new Failure(toolId, scenario, errorMessage, severity, newFailureType, stackTrace, details);
    }

    /** The same with this stack trace. */
    public Failure withStackTrace(String newStackTrace) {
        return new Failure(toolId, scenario, errorMessage, severity, failureType, newStackTrace, details);
    }

    /** The same with this details. */
    public Failure withDetails(Map<String, ?> newDetails) {
        return new Failure(toolId, scenario, errorMessage, severity, failureType, stackTrace, newDetails);
    }

    @Override
    public EventType type() {
        return EventType.FAILURE;
    }

    @Override
    public String subject() {
        return toolId;
    }
}
