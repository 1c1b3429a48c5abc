package dev.dise.query.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a query service. Thread-safe; every call blocks until the answer is there, at most half a minute. */
public final class QueryClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final String base;

    private final @Nullable String apiKey;

    /** Asks the service at the address, as in {@code http://localhost:8081}. */
    public QueryClient(URI base) {
        this(base, null);
    }

    /**
     * Asks with a key.
     *
     * @param apiKey null where the service wants none
     */
    public QueryClient(URI base, @Nullable String apiKey) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.apiKey = apiKey;
    }

    /**
     * The answer to any question that the service knows.
     *
     * @param path as in {@code /v1/logs}; names in it go through {@link #segment}
     * @param parameters every value of every name, not encoded
     * @throws QueryFailedException if there is no answer
     */
    public JsonNode get(String path, Map<String, List<String>> parameters) {
        return answer(HttpRequest.newBuilder(URI.create(base + path + query(parameters))));
    }

    /**
     * An answer that is no JSON document, as it comes; reading it fails if it breaks off.
     *
     * @param path as in {@code /v1/logs/export}
     * @throws QueryFailedException if there is no answer
     */
    public InputStream stream(String path, Map<String, List<String>> parameters) {
        HttpResponse<InputStream> response =
                send(HttpRequest.newBuilder(URI.create(base + path + query(parameters))), BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw failed(response.statusCode(), parse(response.statusCode(), body.readAllBytes()));
        } catch (IOException e) {
            throw new QueryFailedException("the stack at " + base + " did not answer: ask again, or see its log", e);
        }
    }

    /**
     * The answer to something that is to be done.
     *
     * @param path as in {@code /v1/admin/dead-letters/redrive}
     * @throws QueryFailedException if it was not done, or only begun by a service that does not say so
     */
    public JsonNode post(String path, Object body) {
        return answer(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(AnswerMapper.JSON.writeValueAsBytes(body))));
    }

    /**
     * Follows a stream of server-sent events, such as {@code /v1/flow/stream}, until it is told to stop or the service ends it.
     *
     * @param onEvent gets the name and the data of each event; false stops
     * @throws QueryFailedException if there is no stream, or it breaks
     */
    public void follow(String path, Map<String, List<String>> parameters, BiPredicate<String, JsonNode> onEvent) {
        try (InputStream body = stream(path, parameters)) {
            new EventLines(onEvent).read(body);
        } catch (IOException e) {
            throw new QueryFailedException("the stack at " + base + " ended its stream: look at its log", e);
        }
    }

    private JsonNode answer(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = send(request.timeout(ANSWER_TIMEOUT), BodyHandlers.ofByteArray());
        JsonNode body = parse(response.statusCode(), response.body());
        if (response.statusCode() / 100 != 2) {
            throw failed(response.statusCode(), body);
        }
        return body;
    }

    private static QueryFailedException failed(int status, JsonNode problem) {
        return new QueryFailedException(status, problem.path("detail").asString("no reason given"));
    }

    /** Rows in PostgreSQL and points in Qdrant by type, of everything. */
    public JsonNode counts() {
        return get("/v1/counts", Map.of());
    }

    /** Rows in PostgreSQL and points in Qdrant by type, of one run. */
    public JsonNode counts(String runId) {
        return get("/v1/counts", Map.of("run_id", List.of(runId)));
    }

    /** Whether the stores can be reached, and what they hold. */
    public JsonNode status() {
        return get("/v1/status", Map.of());
    }

    /** Parents and children of a tool, up to that many steps away. */
    public JsonNode ancestry(String toolId, int depth) {
        return get("/v1/ancestry/" + segment(toolId), Map.of("depth", List.of(Integer.toString(depth))));
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try {
            return http.send(request.build(), handler);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new QueryFailedException(
                    "no stack answers at " + base + ": start one with ./dise up, or add --local", e);
        } catch (IOException e) {
            throw new QueryFailedException("the stack at " + base + " did not answer: ask again, or see its log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFailedException("interrupted while waiting for " + base, e);
        }
    }

    private JsonNode parse(int status, byte[] body) {
        try {
            return AnswerMapper.JSON.readTree(body);
        } catch (JacksonException e) {
            throw new QueryFailedException(
                    status,
                    "what answers at " + base + " is no query service: check the address (status " + status + ")");
        }
    }

    private static String query(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"), query -> query.isEmpty() ? "" : "?" + query));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
