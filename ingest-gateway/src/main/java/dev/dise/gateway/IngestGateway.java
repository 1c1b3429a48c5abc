package dev.dise.gateway;

import dev.dise.gateway.wire.Connections;
import dev.dise.gateway.wire.WireLimits;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.GatewayLimits;
import dev.dise.runtime.config.HttpConfig;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server that takes events. Accepted (202) means that the event is safe: acknowledged by Kafka, or in the spool;
 * each item of a batch has its own status. Closing lets requests that are being worked on finish, and does not close the
 * emitter.
 */
public final class IngestGateway implements AutoCloseable {
    private static final String PART = "gateway";
    /** How long a request waits until what it sent is safe. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** How long new connections are taken after the end was announced. */
    private static final Duration LAST_CONNECTIONS = Duration.ofMillis(700);

    private static final Duration DRAIN = Duration.ofSeconds(9);
    /** Beyond the limit, for those that are told that it is reached. */
    private static final int MORE_CONNECTIONS = 128;

    private final WebServer server;
    private final Connections connections;
    private final List<Route> routes;
    private final Health health;

    private IngestGateway(WebServer server, Connections connections, List<Route> routes, Health health) {
        this.server = server;
        this.connections = connections;
        this.routes = routes;
        this.health = health;
    }

    /**
     * Listens until closed, with the default limits.
     *
     * @throws IllegalStateException if the port is taken; the message says what to do
     */
    public static IngestGateway start(HttpConfig http, ArtifactEmitter emitter, Metrics metrics, Health health) {
        return start(GatewayConfig.at(http), emitter, metrics, health);
    }

    /**
     * Listens until closed.
     *
     * @throws IllegalStateException if the port is taken; the message says what to do
     * @throws IllegalArgumentException if the file of the keys cannot be understood
     */
    public static IngestGateway start(GatewayConfig config, ArtifactEmitter emitter, Metrics metrics, Health health) {
        new GatewayMeters(metrics.registry()).show(emitter);
        Outlet outlet = event -> emitter.send(event.receivedAt(Instant.now()));
        return start(config, outlet, metrics, health, PATIENCE);
    }

    static IngestGateway start(GatewayConfig config, Outlet outlet, Metrics metrics, Health health, Duration patience) {
        Connections connections = new Connections(wireLimits(config.limits()));
        GatewayMeters meters = new GatewayMeters(metrics.registry());
        meters.show(connections);
        Door door = new Door(Gatekeeper.of(config), connections, meters, config.limits());
        List<Route> routes = new ArrayList<>();
        routes.addAll(new EventRoutes(outlet, patience, connections, meters).routes(door));
        routes.addAll(new LogRoutes(outlet, new Deadlines(patience, connections), meters, health).routes(door));
        routes.addAll(SchemaRoutes.routes());
        routes.addAll(DocumentRoutes.routes());
        routes.addAll(new StatusRoutes(health, metrics).routes());
        WebServer server = server(config, routes, connections);
        server.start();
        HttpConfig http = config.http();
        if (!server.isRunning()) {
            // Helidon logs why and throws nothing.
            connections.close();
            throw new IllegalStateException("cannot listen on port " + http.port() + " of " + http.host()
                    + ": stop what listens there, or set another");
        }
        health.report(PART, Health.State.UP, "listens on port " + server.port());
        return new IngestGateway(server, connections, routes, health);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** What it does. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /**
     * Is not ready from now on, answers what was begun, and stops: within seconds, whatever clients do. What comes
     * meanwhile is answered too, and told to come no more.
     */
    @Override
    public void close() {
        if (!server.isRunning()) {
            return;
        }
        health.report(PART, Health.State.WAITING, "is being stopped");
        connections.stop();
        takeLastConnections();
        server.stop();
        connections.close();
    }

    /** Closing the door at once would break a connection that is just being made by a client that comes often. */
    private void takeLastConnections() {
        if (connections.open() == 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(LAST_CONNECTIONS.toNanos());
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry.
            Thread.currentThread().interrupt();
        }
    }

    private static WebServer server(GatewayConfig config, List<Route> routes, Connections connections) {
        return WebServer.builder()
                .host(config.http().host())
                .port(config.http().port())
                .shutdownGracePeriod(DRAIN)
                .shutdownHook(false)
                .maxTcpConnections(config.limits().load().connections() + MORE_CONNECTIONS)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections.selector())
                .connectionOptions(connections.socketOptions())
                .contentEncoding(new RawBodies())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(ServerProblems.handlers())
                .routing(Routing.of(routes, connections))
                .build();
    }

    private static WireLimits wireLimits(GatewayLimits limits) {
        return new WireLimits(
                limits.times().header(),
                limits.times().request(),
                limits.times().idle(),
                limits.times().minBodyRate(),
                limits.sizes().headers(),
                limits.sizes().headerCount(),
                limits.sizes().uri(),
                limits.load().connections());
    }
}
