package dev.dise.query.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryClientIT {
    @Test
    void saysWhatToDoWhenNothingAnswers() throws IOException {
        String base = "http://127.0.0.1:" + closedPort();
        try (QueryClient client = new QueryClient(URI.create(base + "/"))) {
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(client::status)
                    .withMessage("no stack answers at " + base + ": start one with ./dise up, or add --local")
                    .satisfies(e -> assertThat(e.status()).isZero());
        }
    }

    @Test
    void passesParametersOnAndTheDetailBack() throws IOException {
        HttpServer server = answering(400, "{\"detail\":\"limit must be a number\"}");
        try (QueryClient client = clientOf(server)) {
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(() -> client.get("/v1/logs", Map.of("q", List.of("a&b=ä +", "c"))))
                    .withMessage("limit must be a number")
                    .satisfies(e -> assertThat(e.status()).isEqualTo(400));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatItIsNotTheQueryService() throws IOException {
        HttpServer server = answering(200, "<html>");
        try (QueryClient client = clientOf(server)) {
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(client::counts)
                    .withMessageContaining("is no query service");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void readsAnswersBeyondTheBoundsOfOneEvent() throws IOException {
        String number = "1" + "0".repeat(400);
        HttpServer server = answering(200, "{\"items\":[" + "1,".repeat(60_000) + number + "]}");
        try (QueryClient client = clientOf(server)) {
            assertThat(client.get("/v1/logs", Map.of()).get("items").size()).isEqualTo(60_001);
        } finally {
            server.stop(0);
        }
    }

    private static QueryClient clientOf(HttpServer server) {
        return new QueryClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
