package dev.dise.query;

import dev.dise.query.admin.AdminRoutes;
import dev.dise.query.mcp.McpRoutes;
import dev.dise.query.sql.SqlRoutes;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Json;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Which path is answered by what. */
record Routes(
        Answers answers,
        Listings listings,
        Aggregates aggregates,
        AncestryQuery ancestry,
        SimilarArtifacts similar,
        Visibility visibility,
        Traces traces,
        StoreStatus status,
        AdminRoutes admin,
        CatalogueRoutes catalogue,
        StreamRoutes streams,
        EmitRoutes emits,
        SqlRoutes sql,
        McpRoutes mcp,
        ConsoleRoutes console) {

    void addTo(HttpRouting.Builder routing) {
        streams.addTo(routing);
        for (Resource resource : Resources.ALL) {
            add(routing, resource.path(), question -> listings.list(resource, question.parameters()));
        }
        add(routing, "/v1/performance/aggregates", question -> aggregates.of(question.parameters()));
        add(routing, "/v1/artifacts/similar", question -> similar.find(question.parameters()));
        add(routing, "/v1/artifacts/count", question -> artifacts().count(question.parameters()));
        add(routing, "/v1/counts", question -> status.counts().of(question.parameters()));
        add(routing, "/v1/status", this::statusOf);
        addBehind(routing, "/v1/events/", Troubles.told(this::eventOf));
        addBehind(routing, "/v1/points/", Troubles.told(traces::why));
        addBehind(routing, "/v1/ancestry/", question -> ancestry.of(question.name(), question.parameters()));
        addBehind(routing, "/v1/artifacts/", this::artifactOf);
        admin.addTo(routing);
        catalogue.addTo(routing);
        emits.addTo(routing);
        sql.addTo(routing);
        mcp.addTo(routing);
        console.addTo(routing);
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

    private Object statusOf(Question question) {
        question.parameters().requireOnly(List.of());
        return status.report();
    }

    private Object eventOf(Question question) throws StoreUnavailableException {
        return Traces.areAskedFor(question) ? traces.of(question) : visibility.of(question);
    }

    private Object artifactOf(Question question) throws StoreUnavailableException {
        question.parameters().requireOnly(List.of());
        return artifacts()
                .find(question.firstSegment(), question.behindFirstSegment().name());
    }

    private Artifacts artifacts() {
        return status.counts().artifacts();
    }

    private void add(HttpRouting.Builder routing, String path, Answering answering) {
        routing.get(path, answers.handler(path, answering));
    }

    private void addBehind(HttpRouting.Builder routing, String prefix, Answering answering) {
        routing.get(prefix + "{+rest}", answers.handler(prefix, answering));
    }

    private void tell(ServerResponse response, Health health, boolean good) {
        byte[] body = Json.encode(Map.of("status", good ? "up" : "down", "parts", health.parts()));
        answers.send(response, good ? 200 : 503, "application/json", body);
    }
}
