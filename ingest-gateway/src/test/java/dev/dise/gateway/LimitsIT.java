package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.Receipt;
import dev.dise.runtime.config.GatewayLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused for its size, its slowness or its number; and that honest clients are served meanwhile. */
class LimitsIT {
    private static final String JSON = "application/json";
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";
    private static final GatewayLimits DEFAULTS = GatewayLimits.defaults();
    private static final GatewayLimits.Times QUICK =
            new GatewayLimits.Times(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1), 1024);

    private static GatewayRig shared;

    private final List<RawClient> slow = new ArrayList<>();

    @BeforeAll
    static void start() {
        shared = new GatewayRig(config -> config);
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @AfterEach
    void closeSlowClients() throws IOException {
        for (RawClient client : slow) {
            client.close();
        }
    }

    @Test
    void refusesHeadsThatAreTooLarge() throws Exception {
        GatewayRig rig = shared;
        String manyHeaders = "x-h: 1\r\n".repeat(101);
        String longHeader = "x-h: " + "v".repeat(16_500) + "\r\n";
        for (String headers :
                new String[] {manyHeaders, longHeader, "x-h: " + "v".repeat(8000) + "\r\n" + longHeader}) {
            assertAnswer(
                    rig, "POST /v1/events/log HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n", 431, "HEADERS_TOO_LARGE");
        }
        String longPath = "/v1/events/" + "p".repeat(8300);
        assertAnswer(rig, "GET " + longPath + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "URI_TOO_LONG");
        assertAnswer(rig, "GET /v1/schemas?q=" + "p".repeat(8000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 200, "types");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Length: -2\r\n\r\n{}",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Length: 2x\r\n\r\n{}",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Length : 2\r\n\r\n{}",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nx-h: a\r\n folded\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nx-h: a\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2;ext=1\r\n{}\r\n0\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n{}\r\n0\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nx\u0000h: a\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nx-h: a\u0001b\r\n\r\n",
                "POST /v1/events/log HTTP/1.1\r\n\r\n",
                "POST  /v1/events/log HTTP/1.1\r\nHost: x\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void refusesWhatIsNotHttpAndClosesTheConnection(String request) throws Exception {
        try (RawClient raw = shared.raw()) {
            // Nothing after it may be taken for another request.
            String smuggled = RawClient.post("/v1/events/log", LOG, "ce-id: smuggled");
            RawClient.Answer answer = raw.send(request + smuggled).answer();
            assertThat(answer.status()).as(answer.text()).isIn(400, 501);
            assertThat(answer.closes()).as(answer.text()).isTrue();
            assertThat(raw.isClosed()).isTrue();
            assertThat(shared.outlet.taken()).isEmpty();
        }
    }

    @Test
    void aRefusedBodyIsNotTakenForARequest() throws Exception {
        GatewayRig rig = shared;
        try (RawClient raw = rig.raw()) {
            String smuggled = RawClient.post("/v1/events/log", LOG, "ce-id: smuggled");
            String outer = "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
                    + smuggled.length() + "\r\n\r\n" + smuggled;
            assertThat(raw.send(outer).answer().status()).isEqualTo(415);
            assertThat(raw.isClosed()).isTrue();
            assertThat(rig.outlet.taken()).isEmpty();
        }
    }

    @Test
    void theSameAnswerWhereverTheRequestIsSplit() throws Exception {
        GatewayRig rig = shared;
        String request = RawClient.post("/v1/events/log", LOG, "ce-id: %C3%A9", "ce-source: urn:x");
        for (int split = 1; split < request.length(); split++) {
            try (RawClient raw = rig.raw()) {
                RawClient.Answer answer = raw.send(request.substring(0, split))
                        .send(request.substring(split))
                        .answer();
                assertThat(answer.status()).as("split at %d", split).isEqualTo(202);
            }
        }
        assertThat(rig.outlet.taken())
                .hasSize(request.length() - 1)
                .allSatisfy(event -> assertThat(ScriptedOutlet.dataOf(event)).isEqualTo(LOG))
                .allSatisfy(event -> assertThat(event.envelope().id()).isEqualTo("é"));
    }

    @Test
    void takesRequestsOneByteAtATimeAndOneAfterTheOther() throws Exception {
        GatewayRig rig = shared;
        try (RawClient raw = rig.raw()) {
            String request = RawClient.post("/v1/events/log", LOG);
            for (int i = 0; i < request.length(); i++) {
                RawClient unused = raw.send(request.substring(i, i + 1));
            }
            assertThat(raw.answer().status()).isEqualTo(202);
            RawClient unused = raw.send(request + request + request);
            for (int i = 0; i < 3; i++) {
                assertThat(raw.answer().status()).isEqualTo(202);
            }
        }
    }

    @Test
    void expectationsAreRefusedBeforeTheBodyIsSent() throws Exception {
        GatewayRig rig = shared;
        try (RawClient raw = rig.raw()) {
            String head = "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: ";
            assertThat(raw.send(head + "9000000\r\n\r\n").answer().status()).isEqualTo(413);
            try (RawClient good = rig.raw()) {
                assertThat(good.send(head + LOG.length() + "\r\n\r\n").answer().status())
                        .isEqualTo(100);
                assertThat(good.send(LOG).answer().status()).isEqualTo(202);
            }
        }
    }

    @Test
    void slowHeadsAndBodiesEndInTime() throws Exception {
        try (GatewayRig rig = new GatewayRig(config -> config.with(DEFAULTS.with(QUICK)));
                RawClient head = rig.raw();
                RawClient body = rig.raw();
                RawClient nothing = rig.raw();
                RawClient idle = rig.raw()) {
            String request = RawClient.post("/v1/events/log", LOG);
            assertThat(idle.send(request).answer().status()).isEqualTo(202);
            RawClient unused = head.send("POST /v1");
            RawClient.Answer slowBody =
                    body.send(request.substring(0, request.length() - 3)).answer();
            assertThat(slowBody.status()).isEqualTo(408);
            assertThat(slowBody.text()).contains("TIMEOUT");
            assertThat(head.answer().status()).isEqualTo(408);
            assertThat(nothing.isClosed()).isTrue();
            assertThat(idle.isClosed()).isTrue();
            assertThat(rig.outlet.taken()).hasSize(1);
        }
    }

    @Test
    void aStreamMayLastLongButNotBeSlow() throws Exception {
        GatewayLimits.Times times =
                new GatewayLimits.Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 100_000);
        try (GatewayRig rig = new GatewayRig(config -> config.with(DEFAULTS.with(times)));
                RawClient raw = rig.raw()) {
            String line = "{\"type\":\"log\",\"data\":" + LOG + "}\n";
            RawClient unused = raw.send("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                    + "Content-Length: 1000000\r\n\r\n" + line);
            long begin = System.nanoTime();
            RawClient.Answer answer = raw.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("\"accepted\":1");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        }
    }

    @Test
    void honestClientsAreServedWhileSlowOnesHoldAllConnections() throws Exception {
        GatewayLimits.Load load = new GatewayLimits.Load(100, 512, 128 << 20, 50_000, 64 << 20);
        try (GatewayRig rig = new GatewayRig(config -> config.with(DEFAULTS.with(load)))) {
            for (int i = 0; i < 400; i++) {
                slow.add(rig.raw().send("POST /v1/events/log HTTP/1.1\r\nHost: x\r\nx-" + i + ": "));
            }
            long slowest = 0;
            for (int i = 0; i < 100; i++) {
                long begin = System.nanoTime();
                try (RawClient honest = rig.raw()) {
                    assertThat(honest.send(RawClient.post("/v1/events/log", LOG))
                                    .answer()
                                    .status())
                            .isEqualTo(202);
                }
                slowest = Math.max(slowest, System.nanoTime() - begin);
            }
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
            assertThat(rig.openConnections()).isLessThanOrEqualTo(230);
        }
    }

    @Test
    void saysSoWhenThereIsNoRoomForAnotherConnection() throws Exception {
        GatewayLimits.Load load = new GatewayLimits.Load(5, 512, 128 << 20, 50_000, 64 << 20);
        try (GatewayRig rig = new GatewayRig(config -> config.with(DEFAULTS.with(load)))) {
            String request = RawClient.post("/v1/events/log", LOG);
            for (int i = 0; i < 5; i++) {
                slow.add(rig.raw().send(request.substring(0, request.length() - 1)));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (RawClient one = rig.raw()) {
                    RawClient.Answer answer = one.send(request).answer();
                    return answer.status() == 503 && answer.text().contains("Retry-After");
                }
            });
            for (RawClient client : slow) {
                assertThat(client.send(request.substring(request.length() - 1))
                                .answer()
                                .status())
                        .isEqualTo(202);
            }
        }
    }

    @Test
    void theNumberOfRequestsInWorkIsBounded() throws Exception {
        GatewayLimits.Load load = new GatewayLimits.Load(100, 2, 33 << 20, 50_000, 64 << 20);
        try (GatewayRig rig = new GatewayRig(config -> config.with(DEFAULTS.with(load)))) {
            rig.outlet.answer(event -> new CompletableFuture<Receipt>());
            List<CompletableFuture<Answer>> waiting = List.of(
                    rig.client.postLater("/v1/events/log", JSON, LOG),
                    rig.client.postLater("/v1/events/log", JSON, LOG));
            await().until(() -> rig.outlet.count() == 2);
            Answer third = rig.client.post("/v1/events/log", JSON, LOG);
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.text("reason")).isEqualTo("BUSY");
            assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 30);
            for (CompletableFuture<Answer> answer : waiting) {
                assertThat(answer.get(20, TimeUnit.SECONDS).text("reason")).isEqualTo("OUTCOME_UNKNOWN");
            }
        }
    }

    @Test
    void memoryIsBounded() throws Exception {
        GatewayLimits.Load load = new GatewayLimits.Load(100, 512, 33 << 20, 50_000, 64 << 20);
        try (GatewayRig rig = new GatewayRig(config -> config.with(DEFAULTS.with(load)))) {
            for (int i = 0; i < 5; i++) {
                slow.add(rig.raw().send(RawClient.head("/v1/events/log", JSON, 8388608)));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> rig.openConnections() == 4);
            int refused = 0;
            for (RawClient client : slow) {
                refused += client.finish().answer().status() == 503 ? 1 : 0;
            }
            assertThat(refused).as("five bodies of 8 MiB in 33 MiB").isEqualTo(1);
        }
    }

    private static void assertAnswer(GatewayRig rig, String request, int status, String text) throws IOException {
        try (RawClient raw = rig.raw()) {
            RawClient.Answer answer = raw.send(request).answer();
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.text()).contains(text);
        }
    }
}
