package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What a client of the gateway does, over real HTTP. */
final class GatewayClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    GatewayClient(int port) {
        this.port = port;
    }

    /** An answer with its JSON body. */
    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            return Json.parse(response.body().getBytes(UTF_8));
        }

        String text(String field) {
            return json().path(field).asString();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer post(String path, String contentType, byte[] body, String... headers) throws Exception {
        HttpRequest request = request(path, headers)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return send(request);
    }

    Answer post(String path, String contentType, String body, String... headers) throws Exception {
        return post(path, contentType, body.getBytes(UTF_8), headers);
    }

    /** Sends a body of unknown length, in pieces. */
    Answer post(String path, String contentType, Supplier<InputStream> body, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofInputStream(body))
                .build());
    }

    CompletableFuture<Answer> postLater(String path, String contentType, String body) {
        HttpRequest request = request(path)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response));
    }

    Answer call(String method, String path) throws Exception {
        return send(request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Sends bytes as they are and reads the answer's status line. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return line == null ? "" : line;
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }
}
