package dev.dise.gateway;

import dev.dise.gateway.wire.Connections;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.DropReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what came of each event, by status and reason; and shows the books of the emitter. */
final class GatewayMeters {
    private static final String EVENTS = "dise.gateway.events";

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how many connections are open. */
    void show(Connections connections) {
        Gauge.builder("dise.gateway.connections", connections, Connections::open)
                .register(registry);
    }

    /** Shows the books of the emitter. */
    void show(ArtifactEmitter emitter) {
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

    /** Counts a request that was refused as a whole. */
    void refused(String reason) {
        count(ItemResult.REFUSED, reason, 1);
    }

    /** Counts events that were accepted. */
    void accepted(long events) {
        if (events > 0) {
            count(ItemResult.ACCEPTED, "", events);
        }
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Stored stored -> accepted(1);
            case Outcome.Undelivered undelivered -> count(ItemResult.UNAVAILABLE, undelivered.reason(), 1);
        }
    }

    /** Counts an item that was not accepted. */
    void count(ItemResult result) {
        count(result.status(), result.reason() == null ? "" : result.reason(), 1);
    }

    private void count(String status, String reason, long events) {
        counters.computeIfAbsent(
                        status + " " + reason, it -> registry.counter(EVENTS, "status", status, "reason", reason))
                .increment((double) events);
    }
}
