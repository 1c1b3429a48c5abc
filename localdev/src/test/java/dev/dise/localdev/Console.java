package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the query side as an operator's console does. */
final class Console implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final URI address;
    private final @Nullable String key;
    private final HttpClient http = HttpClient.newHttpClient();

    Console(URI address, @Nullable String key) {
        this.address = address;
        this.key = key;
    }

    JsonNode get(int status, String path) {
        return send(status, request(path));
    }

    JsonNode post(int status, String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(status, request);
    }

    /** Begins a job, looks at it until it has ended, and returns how it is then. */
    JsonNode job(String path, String body) {
        String id = post(202, path, body).path("id").asString("");
        await().atMost(PATIENCE).until(() -> !job(id).path("state").asString("").equals("running"));
        return job(id);
    }

    /** The result of a job that did what it was to do. */
    JsonNode done(String path, String body) {
        JsonNode job = job(path, body);
        assertThat(job.path("state").asString("")).as(job.toString()).isEqualTo("done");
        return job.path("result");
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode job(String id) {
        return get(200, "/v1/admin/jobs/" + id);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private JsonNode send(int status, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
