package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.Secret;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A server of OpenAI's {@code /embeddings} that answers well unless it is told what else to do with its next calls. */
public final class FakeProvider implements AutoCloseable {
    static final int DIMENSION = 3;
    static final String KEY = "sk-secret";

    private final HttpServer server;
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();

    private FakeProvider(HttpServer server) {
        this.server = server;
    }

    /** What becomes of one call. */
    interface Answer {
        void give(HttpExchange exchange, List<String> texts) throws IOException;
    }

    public static FakeProvider start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeProvider provider = new FakeProvider(server);
        server.createContext("/v1/embeddings", provider::handle);
        server.start();
        return provider;
    }

    public RagConfig.Embedding config() {
        return new RagConfig.Embedding(
                RagConfig.Provider.OPENAI,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "fake",
                DIMENSION,
                new Secret(KEY),
                Duration.ofSeconds(1));
    }

    void next(Answer... answers) {
        next.addAll(List.of(answers));
    }

    /** The texts of each call so far. */
    public List<List<String>> calls() {
        return calls;
    }

    static Answer status(int status) {
        return (exchange, texts) -> send(exchange, status, "{\"error\":{\"message\":\"" + KEY + "\"}}");
    }

    static Answer tooMany(int retryAfterSeconds) {
        return (exchange, texts) -> {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfterSeconds));
            send(exchange, 429, "{}");
        };
    }

    static Answer body(String body) {
        return (exchange, texts) -> send(exchange, 200, body);
    }

    /** Vectors, but of so many texts, and of so many numbers each. */
    static Answer vectors(int count, int dimension) {
        return (exchange, texts) -> send(exchange, 200, answer(count, dimension));
    }

    /** Refuses a call with such a text, as a server does whose model takes less. */
    static Answer refusing(String text) {
        return (exchange, texts) -> {
            if (texts.contains(text)) {
                send(exchange, 400, "{}");
            } else {
                send(exchange, 200, answer(texts.size(), DIMENSION));
            }
        };
    }

    static Answer hanging(Duration time) {
        return (exchange, texts) -> {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
        List<String> texts = new ArrayList<>();
        request.path("input").forEach(text -> texts.add(text.asString()));
        calls.add(texts);
        Answer answer = next.poll();
        if (answer == null) {
            send(exchange, 200, answer(texts.size(), DIMENSION));
        } else {
            answer.give(exchange, texts);
        }
    }

    private static String answer(int count, int dimension) {
        String vector =
                "1".repeat(dimension).chars().mapToObj(Character::toString).collect(Collectors.joining(","));
        String data = IntStream.range(0, count)
                .mapToObj(i -> "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":[" + vector + "]}")
                .collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"model\":\"fake\",\"data\":[" + data + "]}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
