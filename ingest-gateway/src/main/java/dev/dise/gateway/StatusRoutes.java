package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/** Tells how the process is. */
final class StatusRoutes {
    private final Health health;
    private final Metrics metrics;

    StatusRoutes(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    void live(ServerRequest request, ServerResponse response) {
        answer(response, health.isLive());
    }

    void ready(ServerRequest request, ServerResponse response) {
        answer(response, health.isReady());
    }

    void metrics(ServerRequest request, ServerResponse response) {
        Answers.send(
                response, 200, "text/plain; version=0.0.4", metrics.scrape().getBytes(UTF_8));
    }

    private void answer(ServerResponse response, boolean good) {
        Answers.json(response, good ? 200 : 503, Map.of("status", good ? "up" : "down", "parts", health.parts()));
    }
}
