package dev.dise.query;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.schemas.Json;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Which path is answered by what.
 *
 * @param groups asked before what is stored, since some of their paths are within those of lists
 */
record Routes(Answers answers, StoredRoutes stored, List<RouteGroup> groups) {
    void addTo(HttpRouting.Builder routing) {
        groups.forEach(group -> group.addTo(routing));
        stored.addTo(routing);
    }

    /** What a service answers about itself. */
    void addSelf(HttpRouting.Builder routing, Health health, Metrics metrics) {
        routing.get("/health/live", (request, response) -> tell(response, health, health.isLive()));
        routing.get("/health/ready", (request, response) -> tell(response, health, health.isReady()));
        routing.get(
                "/metrics",
                (request, response) -> answers.send(
                        response,
                        200,
                        "text/plain; version=0.0.4",
                        metrics.scrape().getBytes(StandardCharsets.UTF_8)));
    }

    /** What no other route answers; to be added last. */
    void addRest(HttpRouting.Builder routing) {
        routing.get((request, response) -> answers.send(response, Problem.notFound("no such path")));
        routing.any((request, response) -> answers.send(response, Problem.readOnly()));
    }

    private void tell(ServerResponse response, Health health, boolean good) {
        byte[] body = Json.encode(Map.of("status", good ? "up" : "down", "parts", health.parts()));
        answers.send(response, good ? 200 : 503, "application/json", body);
    }
}
