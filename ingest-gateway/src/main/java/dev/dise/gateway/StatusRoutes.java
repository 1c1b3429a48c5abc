package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import java.util.List;
import java.util.Map;

/** Tells how the process is. */
final class StatusRoutes {
    private final Health health;
    private final Metrics metrics;

    StatusRoutes(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health/live", request -> answer(health.isLive())),
                Route.get("/health/ready", request -> answer(health.isReady())),
                Route.get(
                        "/metrics",
                        request -> Reply.of(
                                200,
                                "text/plain; version=0.0.4",
                                metrics.scrape().getBytes(UTF_8))));
    }

    private Reply answer(boolean good) {
        return Reply.json(good ? 200 : 503, Map.of("status", good ? "up" : "down", "parts", health.parts()));
    }
}
