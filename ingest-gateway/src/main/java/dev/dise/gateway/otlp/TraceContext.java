package dev.dise.gateway.otlp;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context of a record. */
final class TraceContext {
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");

    private TraceContext() {}

    /** The header {@code traceparent}; null if the record has no valid ids. */
    static @Nullable String traceparent(OtlpRecord record) {
        if (!TRACE_ID.matcher(record.traceId).matches()
                || !SPAN_ID.matcher(record.spanId).matches()) {
            return null;
        }
        return "00-%s-%s-%02x".formatted(record.traceId, record.spanId, record.flags & 0xFF);
    }
}
