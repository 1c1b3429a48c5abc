package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.query.client.QueryFailedException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered while a store is away. */
class StoresDownIT {
    @TempDir
    private Path folder = Path.of("");

    /** What each answer blames where nothing is reachable. */
    private static final Map<String, String> BY_PATH = Map.of(
            "/v1/logs", "PostgreSQL",
            "/v1/ancestry/a", "PostgreSQL",
            "/v1/counts", "PostgreSQL",
            "/v1/failures/groups", "PostgreSQL",
            "/v1/tools/t", "PostgreSQL",
            "/v1/tools/ranking", "PostgreSQL",
            "/v1/lineage/t", "PostgreSQL",
            "/v1/known-fixes?bug=b", "PostgreSQL",
            "/v1/artifacts/similar?text=sort", "Qdrant does not answer",
            "/v1/artifacts/plan/p1", "Qdrant does not answer");

    @Test
    void saysWhichStoreIsAwayAndStaysAlive() throws Exception {
        try (QueryStack stack = QueryStack.start(folder)) {
            stack.postgres.close();
            stack.qdrant.close();
            askAll(stack);
            HttpResponse<String> status = stack.raw("/v1/status");
            assertThat(status.statusCode()).isEqualTo(200);
            assertThat(status.body()).contains("\"reachable\":false,\"reason\":\"PostgreSQL", "\"counts\":{}");
            assertThat(stack.raw("/health/live").statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(stack.raw("/health/ready").statusCode()).isEqualTo(503));
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(() -> stack.client.get("/v1/logs", Map.of("tool_id", List.of("a"))))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503))
                    .withMessageContaining("PostgreSQL");
        }
    }

    @Test
    void aQuestionOverBothSaysWhichOfThemIsAway() throws Exception {
        try (QueryStack stack = QueryStack.start(folder)) {
            new ArtifactPoints().add("tool", "t", "sort", null).putInto(stack);
            stack.json("/v1/artifacts/similar?text=sort");
            stack.postgres.close();
            assertThat(stack.json("/v1/artifacts/similar?text=sort")
                            .get("count")
                            .intValue())
                    .isEqualTo(1);
            unavailable(stack.raw("/v1/artifacts/similar?text=sort&max_failures=1"), "PostgreSQL");
            stack.qdrant.close();
            unavailable(stack.raw("/v1/artifacts/similar?text=sort&max_failures=1"), "Qdrant");
        }
    }

    @Test
    void withoutTablesItSaysWhoLaysThemDown() throws Exception {
        try (QueryStack stack = QueryStack.start(folder)) {
            stack.sql("DROP SCHEMA dise CASCADE");
            unavailable(stack.raw("/v1/logs"), "PostgreSQL has no tables yet");
        }
    }

    @Test
    void aLongStatementEndsAfterTenSeconds() throws Exception {
        try (QueryStack stack = QueryStack.start(folder)) {
            stack.sql("DROP VIEW dise.tool_logs; CREATE VIEW dise.tool_logs AS SELECT now() AS event_time,"
                    + " pg_sleep(60)::text AS event_id, 1 AS id");
            unavailable(stack.raw("/v1/logs"), "PostgreSQL took longer than 10 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO dise_g1.sink_offsets VALUES (''x'', 0, 0)", "DROP TABLE dise_g1.tool_logs"})
    void itsConnectionsCannotWrite(String statement) throws Exception {
        try (QueryStack stack = QueryStack.start(folder)) {
            stack.sql("CREATE FUNCTION dise.attack() RETURNS int LANGUAGE plpgsql AS 'BEGIN " + statement
                    + "; RETURN 1; END'");
            stack.sql("DROP VIEW dise.tool_logs; CREATE VIEW dise.tool_logs AS SELECT now() AS event_time,"
                    + " dise.attack() AS event_id, 1 AS id");
            HttpResponse<String> response = stack.raw("/v1/logs");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).doesNotContain("attack", "read-only", "SELECT");
            stack.sql("SELECT FROM dise_g1.tool_logs");
        }
    }

    /** At once, since each waits three seconds for a connection. */
    private static void askAll(QueryStack stack) throws Exception {
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> all = new ArrayList<>();
            BY_PATH.forEach((path, reason) -> all.add(() -> {
                unavailable(stack.raw(path), reason);
                return path;
            }));
            for (Future<Object> answered : asking.invokeAll(all)) {
                answered.get();
            }
        }
    }

    private static void unavailable(HttpResponse<String> response, String reason) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.body()).contains("\"code\":\"unavailable\"", reason).doesNotContain("Exception", "SELECT");
    }
}
