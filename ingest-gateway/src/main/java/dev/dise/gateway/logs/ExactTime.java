package dev.dise.gateway.logs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** Times in nanoseconds since 1970; an event keeps microseconds, so what is finer goes to its details. */
public final class ExactTime {
    private static final long SECOND = 1_000_000_000;

    private ExactTime() {}

    /** The time of that many nanoseconds, taken as unsigned. */
    public static Instant ofUnsigned(long nanos) {
        return Instant.ofEpochSecond(Long.divideUnsigned(nanos, SECOND), Long.remainderUnsigned(nanos, SECOND));
    }

    /** Adds {@code exact_time} to the details if the time of the event will be less exact. */
    public static void keep(ObjectNode details, Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
            details.put("exact_time", time.toString());
        }
    }
}
