package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.query.client.QueryClient;
import dev.dise.query.client.QueryFailedException;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the console and {@code ./dise top} are fed by, and what else the console asks. */
class StreamsIT {
    private static final int BURST = 200;

    @TempDir
    private static Path folder = Path.of("");

    private static LocalStack stack;
    private static LineProbe line;
    private static QueryClient query;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(TestStacks.in(folder));
        line = new LineProbe(stack.config(), stack.gatewayAddress(), stack.queryAddress());
        query = new QueryClient(stack.queryAddress());
    }

    @AfterAll
    static void stop() {
        query.close();
        line.close();
        stack.close();
    }

    @Test
    void theFlowCountsWhatIsAccepted() {
        long before = query.get("/v1/flow", Map.of()).path("accepted").asLong();
        put("flow", 3);
        line.awaitDrained();
        JsonNode flow = firstOf(
                "/v1/flow/stream",
                "flow",
                now -> now.path("accepted").asLong() == before + 3
                        && now.path("in_flight").asLong() == 0
                        && now.path("state").asString("").equals("caught up"));
        assertThat(flow.path("nodes"))
                .extracting(node -> node.path("id").asString())
                .contains("doors", "dise.events", "router", "postgres", "qdrant");
        assertThat(flow.path("remarks")).isEmpty();
    }

    @Test
    void eventsThatPassAreCountedTrulyAndShownTwentyASecond() {
        List<JsonNode> rows = new ArrayList<>();
        List<JsonNode> counts = new ArrayList<>();
        query.follow("/v1/events/stream", Map.of("tool_id", List.of("burst")), (name, data) -> {
            if (name.equals("events")) {
                data.path("items").forEach(rows::add);
            } else {
                counts.add(data);
                if (counts.size() == 1) {
                    put("burst", BURST);
                    put("other", 5);
                }
            }
            return counts.getLast().path("passed").asLong() < BURST + 5;
        });
        JsonNode last = counts.getLast();
        assertThat(last.path("matched").asLong()).isEqualTo(BURST);
        assertThat(last.path("shown").asLong()).isEqualTo(rows.size()).isBetween(20L, 20L * counts.size());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.path("subject").asString()).isEqualTo("burst"));
    }

    @Test
    void anEventThatIsEmittedHereIsStored() {
        JsonNode answer = query.post(
                "/v1/events",
                Map.of("type", "log", "data", Map.of("tool_id", "here", "log_level", "WARN", "message", "by hand")));
        line.awaitDrained();
        assertThat(query.get("/v1/logs", Map.of("tool_id", List.of("here"))).path("items"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("event_id").asString())
                            .isEqualTo(answer.path("event_id").asString());
                    assertThat(row.path("log_level").asString()).isEqualTo("warning");
                });
    }

    @Test
    void anEventThatIsNoneIsRefusedWithTheRule() {
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> query.post("/v1/events", Map.of("type", "log", "data", Map.of("tool_id", "t"))))
                .withMessageContaining("message");
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> query.post("/v1/events", Map.of("type", "lag", "data", Map.of())))
                .withMessageContaining("bug_report");
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> query.get("/v1/events/stream", Map.of("level", List.of("loud"))))
                .withMessageContaining("level");
    }

    @Test
    void theCatalogueHasEveryTypeAndTheConfigNoSecret() {
        assertThat(query.get("/v1/schemas", Map.of()).path("items")).hasSize(19);
        assertThat(query.get("/v1/schemas/failure", Map.of()).path("required"))
                .extracting(JsonNode::asString)
                .containsExactly("tool_id", "scenario", "error_message");
        String config = query.get("/v1/admin/config", Map.of()).toString();
        assertThat(config).contains("database.host", "****").doesNotContain("dise123");
        await().until(() -> query.get("/v1/health", Map.of()).path("ready").asBoolean(false));
    }

    private static void put(String tool, int count) {
        for (int i = 0; i < count; i++) {
            line.put(Log.of(tool, LogLevel.INFO, "line " + i));
        }
    }

    private static JsonNode firstOf(String path, String name, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        BiPredicate<String, JsonNode> look = (event, data) -> {
            if (event.equals(name) && wanted.test(data)) {
                found.add(data);
            }
            return found.isEmpty();
        };
        query.follow(path, Map.of(), look);
        return found.getFirst();
    }
}
