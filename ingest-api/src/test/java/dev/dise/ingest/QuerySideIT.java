package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.dise.ingest.Visibility.Never;
import dev.dise.ingest.Visibility.NotYet;
import dev.dise.ingest.Visibility.Visible;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the query service is asked, over real HTTP. */
@SuppressWarnings("NullAway.Init") // set in @BeforeEach
class QuerySideIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Envelope EVENT =
            Envelope.of("a/b c", EventType.PLAN, "urn:dise:test", "ä+&?", Instant.parse("2026-01-31T08:15:00.000001Z"));

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> questions = new ArrayList<>();
    private HttpServer server;
    private String address;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            questions.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksUntilTheEventIsVisible() {
        answer(503, "{\"detail\":\"PostgreSQL does not answer\"}");
        answer(200, "{\"visible\":false}");
        answer(200, "{\"visible\":true}");
        assertThat(new QuerySide(address + "/", "k-1").await(EVENT, Store.QDRANT, SOON))
                .isEqualTo(new Visible());
        assertThat(questions)
                .hasSize(3)
                .containsOnly("/v1/events/a%2Fb%20c/visible?store=qdrant&type=plan&subject=%C3%A4%2B%26%3F"
                        + "&time=2026-01-31T08%3A15%3A00.000001Z Bearer k-1");
    }

    @Test
    void aDeletionNamesWhatItRemoves() {
        answer(200, "{\"visible\":true}");
        Envelope deletion = new Envelope(
                "d", EventType.DELETION, "urn:dise:test", "p", EVENT.time(), null, null, EventType.PATTERN);
        assertThat(new QuerySide(address, null)
                        .await(deletion, Store.POSTGRES, SOON)
                        .isVisible())
                .isTrue();
        assertThat(questions).singleElement().asString().endsWith("&target_type=pattern null");
    }

    @Test
    void whatNeverGoesThereIsToldAtOnce() {
        answer(400, "{\"detail\":\"store must be qdrant\"}");
        assertThat(new QuerySide(address, null).await(EVENT, Store.POSTGRES, SOON))
                .isEqualTo(new Never("store must be qdrant"));
        assertThat(questions).hasSize(1);
    }

    @Test
    void whateverElseComesIsNotYetWithTheReason() throws IOException {
        answer(200, "{\"visible\":false}");
        assertThat(await(address)).contains("does not have it yet");
        answers.clear();
        answer(401, "{\"detail\":\"no such key\"}");
        assertThat(await(address)).contains("no such key");
        answers.clear();
        answer(200, "<html>");
        assertThat(await(address)).contains("is no query service");
        assertThat(await("http://127.0.0.1:" + closedPort())).contains("no query service answers at http://127.0.0.1:");
        assertThat(await("localhost")).contains("DISE_QUERY_URL");
        assertThat(new QuerySide(address, "line\nbreak").await(EVENT, Store.QDRANT, SHORT))
                .asString()
                .contains("DISE_API_KEY")
                .doesNotContain("break");
    }

    @Test
    void anInterruptEndsTheWaitAndStays() {
        answer(200, "{\"visible\":false}");
        Thread.currentThread().interrupt();
        assertThat(new QuerySide(address, null).await(EVENT, Store.QDRANT, Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(new NotYet("the wait was interrupted"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anAddressThatIsNoneIsToldByTheBuilder() {
        for (String wrong : List.of("localhost:8081", "ftp://a", "/v1", "http:///x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ArtifactEmitter.builder().queryApi(URI.create(wrong)))
                    .withMessageContaining("http://localhost:8081");
        }
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private static String await(String address) {
        return new QuerySide(address, null).await(EVENT, Store.QDRANT, SHORT).toString();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
