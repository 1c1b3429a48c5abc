package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import dev.dise.schemas.Severity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bug of a tool; the same bug id again is a newer version of it. */
public record BugReport(
        String bugId,
        String toolId,
        Severity severity,
        String message,
        @Nullable String stackTrace,
        @Nullable Map<String, ?> details,
        @Nullable Boolean resolved,
        @Nullable Instant resolvedAt)
        implements EventData {

    public BugReport {
        Required.id("bug_id", bugId);
        Required.id("tool_id", toolId);
    }

    /** With nothing optional. */
    public static BugReport of(String bugId, String toolId, Severity severity, String message) {
        return new BugReport(bugId, toolId, severity, message, null, null, null, null);
    }

    /** The same with this stack trace. */
    public BugReport withStackTrace(String newStackTrace) {
        return new BugReport(bugId, toolId, severity, message, newStackTrace, details, resolved, resolvedAt);
    }

    /** The same with this details. */
    public BugReport withDetails(Map<String, ?> newDetails) {
        return new BugReport(bugId, toolId, severity, message, stackTrace, newDetails, resolved, resolvedAt);
    }

    /** The same with this resolved. */
    public BugReport withResolved(Boolean newResolved) {
        return new BugReport(bugId, toolId, severity, message, stackTrace, details, newResolved, resolvedAt);
    }

    /** The same with this resolved at. */
    public BugReport withResolvedAt(Instant newResolvedAt) {
        return new BugReport(bugId, toolId, severity, message, stackTrace, details, resolved, newResolvedAt);
    }

    @Override
    public EventType type() {
        return EventType.BUG_REPORT;
    }

    @Override
    public String subject() {
        return bugId;
    }
}
