package dev.dise.ingest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an emitter needs to know beside its producer.
 *
 * @param source the source of events made from data
 * @param runId the run they belong to
 * @param bufferBytes the most bytes that may wait for acknowledgement
 * @param deliveryTimeout how long an event may wait
 */
record EmitterSettings(String source, @Nullable String runId, long bufferBytes, Duration deliveryTimeout) {}
