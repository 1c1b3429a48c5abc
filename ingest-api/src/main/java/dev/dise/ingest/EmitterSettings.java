package dev.dise.ingest;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an emitter needs to know beside its producer.
 *
 * @param source the source of events made from data
 * @param runId the run they belong to
 * @param traceparent the W3C trace context of events made from data, asked at each
 * @param redaction what must not leave the process
 * @param bufferBytes the most bytes in memory
 * @param overflow what becomes of what does not fit there
 * @param deliveryTimeout how long an event may wait where nothing is spooled
 */
record EmitterSettings(
        String source,
        @Nullable String runId,
        Supplier<@Nullable String> traceparent,
        Redaction redaction,
        long bufferBytes,
        Overflow overflow,
        Duration deliveryTimeout) {}
