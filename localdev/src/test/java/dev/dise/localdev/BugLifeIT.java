package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.query.client.QueryClient;
import dev.dise.query.client.QueryFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bug that is resolved and comes again, and a tool that becomes another: through the whole line. */
class BugLifeIT {
    private static @Nullable LocalStack stack;
    private static @Nullable QueryClient query;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = LocalStack.start(TestStacks.in(folder));
        query = new QueryClient(stack.queryAddress());
    }

    @AfterAll
    static void stop() {
        query().close();
        Objects.requireNonNull(stack).close();
    }

    @Test
    void aBugIsResolvedOpenedAgainAndSeenAgain() {
        report("row 7 is missing");
        JsonNode reported = awaitBug(bug -> true);
        assertThat(reported.path("resolved").booleanValue()).isFalse();

        JsonNode accepted = query().post("/v1/bugs/a%2Fb/resolve", Map.of("note", "the row is written now"));
        assertThat(accepted.path("event_id").stringValue()).isNotEmpty();
        JsonNode resolved = awaitBug(bug -> bug.path("resolved").booleanValue());
        assertThat(resolved.at("/details/resolution/note").stringValue()).isEqualTo("the row is written now");
        assertThat(resolved.at("/details/kept").stringValue()).isEqualTo("yes");
        assertThat(resolved.path("stack_trace").stringValue()).isEqualTo("at line 7");
        assertThat(group().path("regressed").booleanValue()).isFalse();

        query().post("/v1/bugs/a%2Fb/resolve", Map.of());
        JsonNode twice = awaitBug(bug -> bug.path("occurrences").intValue() == 3);
        assertThat(twice.path("resolved_at")).isEqualTo(resolved.path("resolved_at"));

        report("row 8 is missing");
        awaitBug(bug -> bug.path("occurrences").intValue() == 4);
        assertThat(group().path("regressed").booleanValue()).isTrue();
        assertThat(query().get("/v1/known-fixes", Map.of("text", List.of("row 9 is missing")))
                        .at("/asked/fingerprint"))
                .isNotNull();

        query().post("/v1/bugs/a%2Fb/reopen", Map.of());
        JsonNode open = awaitBug(bug -> !bug.path("resolved").booleanValue());
        assertThat(open.path("resolved_at").isNull()).isTrue();
        query().post("/v1/bugs/a%2Fb/reopen", Map.of());
        assertThat(awaitBug(bug -> bug.path("occurrences").intValue() == 6)
                        .path("resolved")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aBugThatIsNotThereIsToldSo() {
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> query().post("/v1/bugs/none/resolve", Map.of()))
                .satisfies(e -> assertThat(e.status()).isEqualTo(404));
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> query().post("/v1/bugs/none/resolve", Map.of("why", "x")))
                .satisfies(e -> assertThat(e.status()).isBetween(400, 404));
    }

    @Test
    void everyVersionOfAToolIsThere() {
        for (String code : List.of("a", "a\nb", "c")) {
            emit("generated_tool", Map.of("tool_id", "maker", "tool_name", "n", "tool_type", "llm", "tool_code", code));
        }
        await().atMost(Duration.ofMinutes(1))
                .ignoreException(QueryFailedException.class)
                .untilAsserted(() -> {
                    JsonNode versions = query().get("/v1/tools/maker/versions", Map.of());
                    assertThat(versions.path("total").intValue()).isEqualTo(3);
                    assertThat(versions.at("/items/1/lines_added").intValue()).isEqualTo(1);
                });
    }

    private static void report(String message) {
        emit(
                "bug_report",
                Map.of(
                        "bug_id", "a/b",
                        "tool_id", "t",
                        "severity", "high",
                        "message", message,
                        "stack_trace", "at line 7",
                        "details", Map.of("kept", "yes")));
    }

    private static void emit(String type, Map<String, Object> data) {
        query().post("/v1/events", Map.of("type", type, "data", data));
    }

    private static JsonNode group() {
        return query().get("/v1/failures/groups", Map.of("kind", List.of("bug")))
                .at("/items/0");
    }

    private static JsonNode awaitBug(Predicate<JsonNode> condition) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> query().get("/v1/bugs", Map.of("bug_id", List.of("a/b")))
                                .at("/items/0"),
                        bug -> bug.isObject() && condition.test(bug));
    }

    private static QueryClient query() {
        return Objects.requireNonNull(query);
    }
}
