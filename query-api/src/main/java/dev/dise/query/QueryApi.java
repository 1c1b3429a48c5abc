package dev.dise.query;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.HttpConfig;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The read side over HTTP: PostgreSQL by filters, Qdrant by meaning; and the door of operators. It writes nothing by itself,
 * starts without its stores, and answers 503 with the reason while one of them is away; nothing is lost in a crash.
 */
public final class QueryApi implements Service {
    private static final String PART = "query";
    private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
    /** Room for the text of a search in the address. */
    private static final int LONGEST_REQUEST_LINE = 128 << 10;

    private final WebServer server;
    private final QueryParts parts;
    private final ScheduledExecutorService checks;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private QueryApi(WebServer server, QueryParts parts, ScheduledExecutorService checks) {
        this.server = server;
        this.parts = parts;
        this.checks = checks;
    }

    /**
     * Listens until closed, and reports every five seconds whether the stores can be reached.
     *
     * @param model the one that the config names, for a collection that does not say its own; stays the caller's
     * @throws IllegalStateException if the port is taken; the message says what to do
     */
    public static QueryApi start(DiseConfig config, EmbeddingModel model, Health health, Metrics metrics) {
        QueryParts parts = new QueryParts(config, model, metrics);
        try {
            Routes routes = parts.routes(health);
            WebServer server = listen(config.query().http(), routes, health, metrics);
            return new QueryApi(server, parts, checking(parts.status(), health));
        } catch (RuntimeException e) {
            parts.close();
            throw portTaken(config.query().http(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (ended.complete(null)) {
            checks.shutdownNow();
            server.stop();
            parts.close();
        }
    }

    private static WebServer listen(HttpConfig http, Routes routes, Health health, Metrics metrics) {
        HttpRouting.Builder routing = HttpRouting.builder();
        routes.addTo(routing);
        routes.addSelf(routing, health, metrics);
        routes.addRest(routing);
        WebServer server = WebServer.builder()
                .host(http.host())
                .port(http.port())
                .shutdownHook(false)
                // Else the end of a larger answer waits for the acknowledgement of its beginning, 40 ms.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(LONGEST_REQUEST_LINE)
                        .build())
                .routing(routing)
                .build()
                .start();
        if (!server.isRunning()) {
            // Helidon logs why and throws nothing.
            throw new IllegalStateException("the web server did not start");
        }
        return server;
    }

    private static ScheduledExecutorService checking(StoreStatus status, Health health) {
        health.report(PART, Health.State.UP, "");
        status.begin(health);
        ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("query-checks").factory());
        ScheduledFuture<?> unused =
                checks.scheduleWithFixedDelay(() -> status.check(health), 0, CHECK_EVERY.toSeconds(), TimeUnit.SECONDS);
        return checks;
    }

    private static IllegalStateException portTaken(HttpConfig http, RuntimeException e) {
        return new IllegalStateException(
                "the query service cannot listen on port " + http.port() + " of " + http.host()
                        + ": stop what listens there, or set query.port",
                e);
    }
}
