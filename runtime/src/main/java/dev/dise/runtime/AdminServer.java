package dev.dise.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dise.runtime.config.HttpConfig;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The small HTTP server of a service that has no other: {@code /health/live}, {@code /health/ready} and
 * {@code /metrics}. The JDK's own server is enough for it.
 */
public final class AdminServer implements AutoCloseable {
    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Listens until closed.
     *
     * @throws IllegalStateException if the port is taken; the message says what to do
     */
    public static AdminServer start(HttpConfig http, Health health, Metrics metrics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(http.host(), http.port()), 0);
            server.createContext("/health/live", exchange -> answer(exchange, health, health.isLive()));
            server.createContext("/health/ready", exchange -> answer(exchange, health, health.isReady()));
            server.createContext("/metrics", exchange -> send(exchange, 200, "text/plain", bytes(metrics.scrape())));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return new AdminServer(server);
        } catch (BindException e) {
            throw new IllegalStateException(
                    "port " + http.port() + " on " + http.host() + " is taken: stop what listens there, or set another",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, Health health, boolean good) throws IOException {
        byte[] body = Json.encode(Map.of("status", good ? "up" : "down", "parts", health.parts()));
        send(exchange, good ? 200 : 503, "application/json", body);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
