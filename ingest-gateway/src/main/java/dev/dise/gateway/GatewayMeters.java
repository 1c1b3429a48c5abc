package dev.dise.gateway;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.DropReason;
import dev.dise.schemas.InvalidEventException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what came of each event, by status and reason; and shows the books of the emitter. */
final class GatewayMeters {
    private static final String EVENTS = "dise.gateway.events";

    private final MeterRegistry registry;

    GatewayMeters(MeterRegistry registry, ArtifactEmitter emitter) {
        this.registry = registry;
        Gauge.builder("dise.emitter.buffered", emitter, it -> it.stats().bufferedBytes())
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder(
                        "dise.emitter.delivered", emitter, it -> it.stats().delivered())
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder(
                            "dise.emitter.dropped",
                            emitter,
                            it -> it.stats().dropped().getOrDefault(reason, 0L))
                    .tag("reason", reason.name())
                    .register(registry);
        }
    }

    /** Does the work of a request and counts what it refuses as a whole. */
    void countingRefusals(Runnable work) {
        try {
            work.run();
        } catch (InvalidEventException e) {
            count(ItemResult.REFUSED, e.reason().name());
            throw e;
        } catch (ProblemException e) {
            count(ItemResult.REFUSED, e.problem().reason());
            throw e;
        }
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Stored stored -> count(ItemResult.ACCEPTED, "");
            case Outcome.Undelivered undelivered -> count(ItemResult.UNAVAILABLE, undelivered.reason());
        }
    }

    void count(ItemResult result) {
        count(result.status(), result.reason() == null ? "" : result.reason());
    }

    private void count(String status, String reason) {
        registry.counter(EVENTS, "status", status, "reason", reason).increment();
    }
}
