package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of a tool, step, node, function or workflow, with what went in and came out. */
public record DebugData(
        String contextType,
        String contextId,
        @Nullable String contextName,
        @Nullable String parentContext,
        @Nullable String status,
        @Nullable String error,
        @Nullable Object request,
        @Nullable Object response,
        @Nullable Double durationMs,
        @Nullable Double memoryMb,
        @Nullable Double cpuPercent,
        @Nullable String codeHash,
        @Nullable Map<String, ?> metadata)
        implements EventData {

    public DebugData {
        Required.text("context_type", contextType);
        Required.id("context_id", contextId);
    }

    /** With nothing optional. */
    public static DebugData of(String contextType, String contextId) {
        return new DebugData(contextType, contextId, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same with this context name. */
    public DebugData withContextName(String newContextName) {
        return new DebugData(
                contextType,
                contextId,
                newContextName,
                parentContext,
                status,
                error,
                request,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this parent context. */
    public DebugData withParentContext(String newParentContext) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                newParentContext,
                status,
                error,
                request,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this status. */
    public DebugData withStatus(String newStatus) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                newStatus,
                error,
                request,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this error. */
    public DebugData withError(String newError) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                newError,
                request,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this request. */
    public DebugData withRequest(Object newRequest) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                newRequest,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this response. */
    public DebugData withResponse(Object newResponse) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                request,
                newResponse,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this duration ms. */
    public DebugData withDurationMs(Double newDurationMs) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                request,
                response,
                newDurationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this memory mb. */
    public DebugData withMemoryMb(Double newMemoryMb) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                request,
                response,
                durationMs,
                newMemoryMb,
                cpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this cpu percent. */
    public DebugData withCpuPercent(Double newCpuPercent) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                request,
                response,
                durationMs,
                memoryMb,
                newCpuPercent,
                codeHash,
                metadata);
    }

    /** The same with this code hash. */
    public DebugData withCodeHash(String newCodeHash) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                request,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                newCodeHash,
                metadata);
    }

    /** The same with this metadata. */
    public DebugData withMetadata(Map<String, ?> newMetadata) {
        return new DebugData(
                contextType,
                contextId,
                contextName,
                parentContext,
                status,
                error,
                request,
                response,
                durationMs,
                memoryMb,
                cpuPercent,
                codeHash,
                newMetadata);
    }

    @Override
    public EventType type() {
        return EventType.DEBUG_DATA;
    }

    @Override
    public String subject() {
        return contextId;
    }
}
