package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.ingest.Visibility.Never;
import dev.dise.ingest.Visibility.NotYet;
import dev.dise.ingest.Visibility.Visible;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.Store;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the query service whether an event is visible, again and again. Thread-safe; connects with the first question. */
final class QuerySide {
    static final String USUAL_ADDRESS = "http://localhost:8081";

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final long ANSWER_TIMEOUT_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final String address;
    private final @Nullable String apiKey;
    private @Nullable HttpClient client;

    /**
     * @param address as in {@value #USUAL_ADDRESS}; one that is none is told by the answers
     * @param apiKey what tells the service who asks; null where it wants none
     */
    QuerySide(String address, @Nullable String apiKey) {
        this.address = address.replaceFirst("/+$", "");
        this.apiKey = apiKey;
    }

    /** The one that {@code DISE_QUERY_URL} and {@code DISE_API_KEY} name, else the usual one. */
    static QuerySide ofEnvironment() {
        String url = System.getenv("DISE_QUERY_URL");
        return new QuerySide(url == null || url.isBlank() ? USUAL_ADDRESS : url.strip(), apiKeyOfEnvironment());
    }

    static @Nullable String apiKeyOfEnvironment() {
        String key = System.getenv("DISE_API_KEY");
        return key == null || key.isBlank() ? null : key.strip();
    }

    /** Returns once it is visible, never will be, or the time is over; an interrupt is as if it were, and stays set. */
    Visibility await(Envelope event, Store store, Duration timeout) {
        Duration patience = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
        long deadline = System.nanoTime() + patience.toNanos();
        Visibility last = new NotYet("the query service at " + address + " did not answer in time");
        long pause = FIRST_PAUSE_MILLIS;
        try {
            HttpRequest question = question(event, store);
            for (long left = millisTo(deadline); left > 0; left = millisTo(deadline)) {
                last = ask(question, Math.min(left, ANSWER_TIMEOUT_MILLIS), last);
                if (!(last instanceof NotYet)) {
                    return last;
                }
                TimeUnit.MILLISECONDS.sleep(Math.min(pause, Math.max(0, millisTo(deadline))));
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            return last;
        } catch (IllegalArgumentException e) {
            // The message of the cause may hold the key.
            return new NotYet("the query service cannot be asked at " + address
                    + ": its address or the API key is none; see DISE_QUERY_URL and DISE_API_KEY");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NotYet("the wait was interrupted");
        }
    }

    private HttpRequest question(Envelope event, Store store) {
        StringBuilder uri = new StringBuilder(address)
                .append("/v1/events/")
                .append(encoded(event.id()))
                .append("/visible?store=")
                .append(store.wireName())
                .append("&type=")
                .append(event.type().wireName())
                .append("&subject=")
                .append(encoded(event.subject()))
                .append("&time=")
                .append(encoded(EnvelopeHeaders.formatTime(event.time())));
        EventType target = event.targetType();
        if (target != null) {
            uri.append("&target_type=").append(target.wireName());
        }
        HttpRequest.Builder question = HttpRequest.newBuilder(URI.create(uri.toString()));
        if (apiKey != null) {
            question.header("Authorization", "Bearer " + apiKey);
        }
        return question.build();
    }

    /** One question; one that is cut off by the time says nothing new. */
    private Visibility ask(HttpRequest question, long millis, Visibility before) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(question, BodyHandlers.ofByteArray());
        try {
            return visibility(answer.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return before;
        } catch (ExecutionException e) {
            return new NotYet("no query service answers at " + address + ": start it, or set DISE_QUERY_URL");
        } finally {
            answer.cancel(true);
        }
    }

    private Visibility visibility(HttpResponse<byte[]> answer) {
        JsonNode body;
        try {
            body = Json.parse(answer.body());
        } catch (InvalidEventException e) {
            return new NotYet(
                    "what answers at " + address + " is no query service (status " + answer.statusCode() + ")");
        }
        String detail = body.path("detail").asString("status " + answer.statusCode());
        return switch (answer.statusCode()) {
            case 200 ->
                body.path("visible").asBoolean(false)
                        ? new Visible()
                        : new NotYet("the store does not have it yet; if it stays so, look for a dead letter");
            case 400 -> new Never(detail);
            default -> new NotYet("the query service has no answer: " + detail);
        };
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        }
        return client;
    }

    private static long millisTo(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
