package dev.dise.ingest;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a process knows of the run and the trace that it is part of, from its environment. */
final class TraceContext {
    /** W3C Trace Context, section 3.2.2: version, trace id, parent id, flags. */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {}

    /** {@code TRACEPARENT}, by which processes hand their trace to those they start; none if it is not one. */
    static Supplier<@Nullable String> ofEnvironment() {
        String value = System.getenv("TRACEPARENT");
        @Nullable String context = value != null && TRACEPARENT.matcher(value).matches() ? value : null;
        return () -> context;
    }

    /** {@code DISE_RUN_ID}. */
    static @Nullable String runIdOfEnvironment() {
        String value = System.getenv("DISE_RUN_ID");
        return value == null || value.isBlank() ? null : value;
    }
}
