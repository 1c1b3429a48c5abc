package dev.dise.gateway;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.HttpConfig;
import dev.dise.schemas.InvalidEventException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;

/**
 * The HTTP server that takes events. Accepted (202) means that Kafka has acknowledged the event; each item of a batch has
 * its own status. Closing lets requests that are being worked on finish, and does not close the emitter.
 */
public final class IngestGateway implements AutoCloseable {
    private static final String PART = "gateway";
    private static final Duration DRAIN = Duration.ofSeconds(12);
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final WebServer server;
    private final Health health;

    private IngestGateway(WebServer server, Health health) {
        this.server = server;
        this.health = health;
    }

    /**
     * Listens until closed.
     *
     * @throws IllegalStateException if the port is taken; the message says what to do
     */
    public static IngestGateway start(HttpConfig http, ArtifactEmitter emitter, Metrics metrics, Health health) {
        return start(http, emitter, metrics, health, Limits.ACKNOWLEDGEMENT);
    }

    static IngestGateway start(
            HttpConfig http, ArtifactEmitter emitter, Metrics metrics, Health health, Duration patience) {
        GatewayMeters meters = new GatewayMeters(metrics.registry(), emitter);
        EventRoutes events = new EventRoutes(emitter, meters, patience);
        LogRoutes logs = new LogRoutes(emitter, meters, patience, health);
        WebServer server = WebServer.builder()
                .host(http.host())
                .port(http.port())
                .maxPayloadSize(Limits.BODY_BYTES)
                .shutdownGracePeriod(DRAIN)
                .shutdownHook(false)
                .idleConnectionTimeout(IDLE)
                .directHandlers(ServerProblems.handlers())
                .contentEncoding(encodings -> encodings.addContentEncoding(new PushEncodings()))
                .routing(routing(events, logs, new StatusRoutes(health, metrics)))
                .build();
        server.start();
        if (!server.isRunning()) {
            // Helidon logs why and throws nothing.
            throw new IllegalStateException("cannot listen on port " + http.port() + " of " + http.host()
                    + ": stop what listens there, or set another");
        }
        health.report(PART, Health.State.UP, "listens on port " + server.port());
        return new IngestGateway(server, health);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Is not ready from now on, takes no more connections, finishes what was begun within seconds, and stops. */
    @Override
    public void close() {
        if (server.isRunning()) {
            health.report(PART, Health.State.WAITING, "is being stopped");
            server.stop();
        }
    }

    private static HttpRouting.Builder routing(EventRoutes events, LogRoutes logs, StatusRoutes status) {
        SchemaRoutes schemas = new SchemaRoutes();
        HttpRouting.Builder routing = logs.addTo(HttpRouting.builder())
                .post("/v1/events", events::many)
                .post("/v1/events/{type}", events::one)
                .get("/v1/schemas", schemas::list)
                .get("/v1/schemas/{type}", schemas::one)
                .get("/health/live", status::live)
                .get("/health/ready", status::ready)
                .get("/metrics", status::metrics);
        for (String path : new String[] {"/v1/events", "/v1/events/{type}", LogRoutes.LOKI, LogRoutes.OTLP}) {
            routing.any(path, only("POST"));
        }
        for (String path : new String[] {
            "/v1/schemas", "/v1/schemas/{type}", "/health/live", "/health/ready", "/metrics", LogRoutes.READY
        }) {
            routing.any(path, only("GET"));
        }
        return routing.any((request, response) -> Answers.problem(response, Problem.notFound()))
                .error(ProblemException.class, (request, response, e) -> Answers.problem(response, e.problem()))
                .error(InvalidEventException.class, (request, response, e) -> Answers.problem(response, Problem.of(e)));
    }

    private static Handler only(String method) {
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, method);
            Answers.problem(response, Problem.methodNotAllowed(method));
        };
    }
}
