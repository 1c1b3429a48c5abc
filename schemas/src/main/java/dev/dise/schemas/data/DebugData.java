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

    /** Begins with what every call has; nothing else is required. */
    public static Builder of(String contextType, String contextId) {
        return new Builder(contextType, contextId);
    }

    @Override
    public EventType type() {
        return EventType.DEBUG_DATA;
    }

    @Override
    public String subject() {
        return contextId;
    }

    /** Gathers what is known of a call; not thread-safe. */
    public static final class Builder {
        private final String contextType;
        private final String contextId;
        private @Nullable String contextName;
        private @Nullable String parentContext;
        private @Nullable String status;
        private @Nullable String error;
        private @Nullable Object request;
        private @Nullable Object response;
        private @Nullable Double durationMs;
        private @Nullable Double memoryMb;
        private @Nullable Double cpuPercent;
        private @Nullable String codeHash;
        private @Nullable Map<String, ?> metadata;

        private Builder(String contextType, String contextId) {
            this.contextType = contextType;
            this.contextId = contextId;
        }

        /** Its name for a person. */
        public Builder contextName(String value) {
            this.contextName = value;
            return this;
        }

        /** What called it. */
        public Builder parentContext(String value) {
            this.parentContext = value;
            return this;
        }

        /** success, error, timeout, retry or the like. */
        public Builder status(String value) {
            this.status = value;
            return this;
        }

        /** What went wrong. */
        public Builder error(String value) {
            this.error = value;
            return this;
        }

        /** What went in: a map, list, text, number or flag. */
        public Builder request(Object value) {
            this.request = value;
            return this;
        }

        /** What came out: a map, list, text, number or flag. */
        public Builder response(Object value) {
            this.response = value;
            return this;
        }

        /** Milliseconds it took. */
        public Builder durationMs(Double value) {
            this.durationMs = value;
            return this;
        }

        /** Mebibytes it used. */
        public Builder memoryMb(Double value) {
            this.memoryMb = value;
            return this;
        }

        /** Share of one core, in percent. */
        public Builder cpuPercent(Double value) {
            this.cpuPercent = value;
            return this;
        }

        /** Which code ran. */
        public Builder codeHash(String value) {
            this.codeHash = value;
            return this;
        }

        /** Anything else worth keeping. */
        public Builder metadata(Map<String, ?> value) {
            this.metadata = value;
            return this;
        }

        /** The call as data of an event. */
        public DebugData build() {
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
                    metadata);
        }
    }
}
