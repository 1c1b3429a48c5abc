package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.runtime.config.AuthConfig;
import dev.dise.runtime.config.GatewayLimits;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.NewKey;
import dev.dise.runtime.keys.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come in, and how fast. */
class KeysIT {
    private static final String JSON = "application/json";
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    @TempDir
    static Path directory;

    private static KeyFile file;
    private static NewKey emit;
    private static NewKey query;
    private static GatewayRig rig;

    @BeforeAll
    static void start() {
        file = new KeyFile(directory.resolve("keys.json"), Clock.systemUTC());
        emit = create("ci", Scope.EMIT, null, null, null);
        query = create("grafana", Scope.QUERY, null, null, null);
        rig = new GatewayRig(config ->
                config.with(new AuthConfig(AuthConfig.Required.TRUE, file.path().toString())));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void aKeyOpensTheDoor() throws Exception {
        assertThat(post("Authorization", "Bearer " + emit.text()).status()).isEqualTo(202);
        assertThat(post("Authorization", "bearer " + emit.text()).status()).isEqualTo(202);
        assertThat(post("X-API-Key", emit.text()).status()).isEqualTo(202);
        Answer batch = rig.client.post(
                "/v1/events", JSON, "{\"type\":\"log\",\"data\":" + LOG + "}", "X-API-Key", emit.text());
        assertThat(batch.status()).isEqualTo(202);
    }

    @Test
    void withoutAValidKeyNothingIsSaidButThat() throws Exception {
        String wrong = emit.text().substring(0, 20) + "A".repeat(37);
        for (String[] header : new String[][] {
            {"X-Other", "x"},
            {"X-API-Key", wrong},
            {"X-API-Key", ""},
            {"Authorization", "Bearer"},
            {"Authorization", "Basic " + emit.text()},
            {"Authorization", "Bearer x" + emit.text()}
        }) {
            Answer answer = post(header);
            assertThat(answer.status()).as(header[0] + header[1]).isEqualTo(401);
            assertThat(answer.text("reason")).isEqualTo("UNAUTHORIZED");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.response().body()).doesNotContain(emit.key().keyId(), "revoked", "expired");
        }
    }

    @Test
    void aKeyOfAnotherScopeIsForbidden() throws Exception {
        Answer answer = post("X-API-Key", query.text());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo("FORBIDDEN");
    }

    @Test
    void aRevokedKeyAndOneThatEndedOpenNothing() throws Exception {
        NewKey short1 = create("short", Scope.EMIT, Duration.ofSeconds(1), null, null);
        NewKey revoked = create("revoked", Scope.EMIT, null, null, null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post("X-API-Key", revoked.text()).status() == 202);
        assertThat(file.revoke(revoked.key().keyId())).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post("X-API-Key", revoked.text()).status() == 401);
        assertThat(post("X-API-Key", short1.text()).status()).isEqualTo(401);
    }

    @Test
    void whatTellsOfTheSystemIsOpen() throws Exception {
        for (String path : new String[] {"/v1/schemas", "/health/live", "/metrics"}) {
            assertThat(rig.client.call("GET", path).status()).isEqualTo(200);
        }
    }

    @Test
    void aStormOfWrongKeysIsSlowedDownAndRightOnesAreNot() throws Exception {
        try (GatewayRig other = new GatewayRig(config ->
                config.with(new AuthConfig(AuthConfig.Required.TRUE, file.path().toString())))) {
            int refusedSlowly = 0;
            for (int i = 0; i < 60; i++) {
                Answer answer = other.client.post("/v1/events/log", JSON, LOG, "X-API-Key", "wrong");
                if (answer.status() == 429) {
                    refusedSlowly++;
                    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                } else {
                    assertThat(answer.status()).isEqualTo(401);
                }
            }
            assertThat(refusedSlowly).isGreaterThan(20);
            assertThat(other.client
                            .post("/v1/events/log", JSON, LOG, "X-API-Key", emit.text())
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void aKeyHasItsRate() throws Exception {
        NewKey slow = create("slow", Scope.EMIT, null, 5L, null);
        NewKey thin = create("thin", Scope.EMIT, null, null, 1000L);
        try (GatewayRig other = new GatewayRig(config ->
                config.with(new AuthConfig(AuthConfig.Required.AUTO, file.path().toString())))) {
            for (NewKey key : new NewKey[] {slow, thin}) {
                int taken = 0;
                Answer answer = other.client.post("/v1/events/log", JSON, LOG, "X-API-Key", key.text());
                while (answer.status() == 202 && taken < 100) {
                    taken++;
                    answer = other.client.post("/v1/events/log", JSON, LOG, "X-API-Key", key.text());
                }
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.text("reason")).isEqualTo("RATE");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(taken).isBetween(4, 40);
            }
            assertThat(other.client.post("/v1/events/log", JSON, LOG).status())
                    .as("without a key there is no rate here")
                    .isEqualTo(202);
            assertThat(other.client
                            .post("/v1/events/log", JSON, LOG, "X-API-Key", "wrong")
                            .status())
                    .as("a key that is wrong is refused where none is needed, too")
                    .isEqualTo(401);
        }
    }

    @Test
    void aStreamGoesNoFasterThanItsKey() throws Exception {
        NewKey slow = create("stream", Scope.EMIT, null, 200L, null);
        try (GatewayRig other = new GatewayRig(config -> config.with(
                        new AuthConfig(AuthConfig.Required.TRUE, file.path().toString()))
                .with(GatewayLimits.defaults()))) {
            long begin = System.nanoTime();
            String line = "{\"type\":\"log\",\"data\":" + LOG + "}\n";
            Answer answer =
                    other.client.post("/v1/events", "application/x-ndjson", line.repeat(500), "X-API-Key", slow.text());
            assertThat(answer.json().get("accepted").intValue()).isEqualTo(500);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1400));
        }
    }

    private static Answer post(String... headers) throws Exception {
        return rig.client.post("/v1/events/log", JSON, LOG, headers);
    }

    private static NewKey create(
            String name, Scope scope, @Nullable Duration lifetime, @Nullable Long events, @Nullable Long bytes) {
        return file.create(new KeyFile.Wish(name, Set.of(scope), lifetime, events, bytes));
    }
}
