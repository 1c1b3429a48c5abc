package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The rows of PostgreSQL over real HTTP. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class QueryApiIT {
    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        stack = QueryStack.start(folder);
        stack.insert("tool_logs", """
                {"tool_id": "a", "log_level": "info", "message": "Started at 100%", "run_id": "r1",
                 "event_time": "2026-02-01T00:00:01.000001Z", "event_id": "00000000-0000-0000-0000-000000000001",
                 "details": {"n": 1.50, "deep": [true, null], "text": "ä"}}""");
        stack.insert("tool_logs", """
                {"tool_id": "a", "log_level": "error", "message": "failed: it's \\"odd\\"", "run_id": "r1"}""");
        stack.insert("tool_logs", """
                {"tool_id": "b", "log_level": "warning", "message": "1000 left", "run_id": "r2"}""");
        stack.insertEntity(
                "tool_bugs", "{\"bug_id\": \"b1\", \"tool_id\": \"a\", \"severity\": \"high\", \"message\": \"boom\"}");
        stack.insertEntity("tool_bugs", """
                {"bug_id": "b2", "tool_id": "a", "severity": "low", "message": "meh", "resolved": true}""");
        stack.insertEntity("tool_bugs", """
                {"bug_id": "b3", "deleted_at": "2026-02-01T00:00:00Z"}""");
        stack.insert("tool_failures", """
                {"tool_id": "a", "scenario": "divide", "error_message": "by zero", "severity": "critical"}""");
        stack.insert("conversations", """
                {"conversation_id": "c1", "role": "user", "content": "sort this"}""");
        stack.insertEntity("tool_evaluations", """
                {"artifact_id": "e1", "name": "speed", "content": "fast", "verdict": "pass", "overall_score": 0.75,
                 "scores": {"speed": 1}}""");
        stack.insertEntity("generated_tools", """
                {"tool_id": "t1", "tool_name": "Fast_Sorter", "tool_type": "llm"}""");
        stack.insert("tool_debug_data", """
                {"context_type": "node", "context_id": "n1", "status": "ok", "request": [1, 2], "duration_ms": 1.5}""");
        stack.insertEntity("performance_artifacts", """
                {"artifact_id": "p1", "tool_id": "z", "name": "run", "metrics": {"latency": 9}}""");
        stack.insert("tool_performance", """
                {"tool_id": "z", "metric_name": "latency", "metric_value": 9, "artifact_id": "p1", "run_id": "r1"}""");
        stack.insert("tool_performance", """
                {"tool_id": "y", "metric_name": "latency", "metric_value": 1, "run_id": "r1"}""");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aRowIsTypedJson() throws Exception {
        JsonNode log = only(stack.json("/v1/logs?event_id=00000000-0000-0000-0000-000000000001"));
        assertThat(log.get("event_time").stringValue()).isEqualTo("2026-02-01T00:00:01.000001Z");
        assertThat(log.get("created_at")).isEqualTo(log.get("event_time"));
        assertThat(log.get("details").toString()).isEqualTo("{\"n\":1.50,\"deep\":[true,null],\"text\":\"ä\"}");
        assertThat(log.get("source_offset").isIntegralNumber()).isTrue();
        assertThat(log.get("source_topic").stringValue()).isEqualTo("dise.bulk");
        JsonNode warning = only(stack.json("/v1/logs?run_id=r2"));
        assertThat(warning.get("details").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/logs | 3",
                "/v1/logs?tool_id=a | 2",
                "/v1/logs?tool_id=a&tool_id=b | 3",
                "/v1/logs?tool_id=a,b | 0",
                "/v1/logs?log_level=WARN,err | 2",
                "/v1/logs?log_level=warning&log_level=error | 2",
                "/v1/logs?q=100%25 | 1",
                "/v1/logs?q=STARTED | 1",
                "/v1/logs?run_id=r1&log_level=error | 1",
                "/v1/logs?since=2026-02-01T00:00:03Z | 1",
                "/v1/logs?until=2026-02-01T00:00:03Z | 2",
                "/v1/logs?since=1s | 0",
                "/v1/logs?limit=1 | 1",
                "/v1/bugs | 2",
                "/v1/bugs?resolved=false | 1",
                "/v1/bugs?severity=major | 1",
                "/v1/bugs?bug_id=b2&resolved=true | 1",
                "/v1/bugs?bug_id=b3 | 0",
                "/v1/failures?severity=critical&scenario=divide&q=ZERO | 1",
                "/v1/conversations?conversation_id=c1&role=user&q=sort | 1",
                "/v1/evaluations?verdict=pass&q=fast | 1",
                "/v1/tools?tool_type=llm&q=sorter | 1",
                "/v1/tools?q=sort | 0",
                "/v1/debug?context_type=node&status=ok | 1",
                "/v1/performance?tool_id=z&metric_name=latency | 1"
            })
    void filtersNarrow(String path, int rows) throws Exception {
        JsonNode answer = stack.json(path);
        assertThat(answer.get("count").intValue()).as(answer.toString()).isEqualTo(rows);
        assertThat(answer.get("items").size()).isEqualTo(rows);
    }

    @Test
    void theNewestComesFirstAndAPageSaysWhereItIs() throws Exception {
        JsonNode answer = stack.json("/v1/logs?limit=2");
        assertThat(answer.get("items")
                        .valueStream()
                        .map(item -> item.get("log_level").stringValue()))
                .containsExactly("warning", "error");
        assertThat(answer.get("limit").intValue()).isEqualTo(2);
        assertThat(answer.has("next")).isTrue();
    }

    @Test
    void aggregatesAreThoseOfTheValues() throws Exception {
        List<Integer> values =
                new ArrayList<>(IntStream.rangeClosed(1, 201).boxed().toList());
        Collections.shuffle(values, new Random(7));
        for (int value : values) {
            stack.insert("tool_performance", """
                    {"tool_id": "m", "metric_name": "latency", "metric_value": %d.5, "unit": "ms"}""".formatted(value));
        }
        JsonNode figures = only(stack.json("/v1/performance/aggregates?tool_id=m&metric_name=latency"));
        double[] sorted =
                values.stream().mapToDouble(value -> value + 0.5).sorted().toArray();
        assertThat(figures.get("count").intValue()).isEqualTo(sorted.length);
        assertThat(figures.get("mean").doubleValue())
                .isEqualTo(Arrays.stream(sorted).average().orElseThrow());
        assertThat(figures.get("min").doubleValue()).isEqualTo(sorted[0]);
        assertThat(figures.get("max").doubleValue()).isEqualTo(sorted[sorted.length - 1]);
        Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99)
                .forEach((name, share) -> assertThat(figures.get(name).doubleValue())
                        .as(name)
                        .isEqualTo(sorted[(int) Math.ceil(share * sorted.length) - 1]));
        assertThat(stack.json("/v1/performance/aggregates?since=1h")
                        .get("count")
                        .intValue())
                .isZero();
    }

    @Test
    void figuresOfEachLengthOfTimeBeginWithTheNewest() throws Exception {
        for (String moment : List.of("10:00:00", "10:59:59.999999", "11:00:00", "13:30:00")) {
            stack.insert("tool_performance", """
                    {"tool_id": "clock", "metric_name": "ms", "metric_value": %s, "event_time": "2026-02-02T%sZ"}""".formatted(moment.substring(0, 2), moment));
        }
        JsonNode figures = stack.json("/v1/performance/aggregates?tool_id=clock&bucket=1h&since=2026-02-02T00:00:00Z"
                + "&until=2026-02-03T00:00:00Z");
        assertThat(figures.get("items")
                        .valueStream()
                        .map(item ->
                                item.get("bucket").stringValue() + " " + item.get("count") + " " + item.get("p50")))
                .containsExactly(
                        "2026-02-02T13:00:00.000000Z 1 13",
                        "2026-02-02T11:00:00.000000Z 1 11",
                        "2026-02-02T10:00:00.000000Z 2 10");
        assertThat(figures.get("since").stringValue()).isEqualTo("2026-02-02T00:00:00.000000Z");
        assertThat(stack.json("/v1/performance/aggregates?tool_id=clock&bucket=1h")
                        .get("count")
                        .intValue())
                .isZero();
    }

    @Test
    void figuresOfNoToolAreThoseOfTheLastDaysAndSaySo() throws Exception {
        JsonNode figures = stack.json("/v1/performance/aggregates");
        assertThat(figures.get("count").intValue()).isZero();
        assertThat(Instant.parse(figures.get("since").stringValue()))
                .isBetween(
                        Instant.now().minus(8, ChronoUnit.DAYS), Instant.now().minus(6, ChronoUnit.DAYS));
        assertThat(stack.json("/v1/performance/aggregates?tool_id=z").has("since"))
                .isFalse();
    }

    @Test
    void keepsEveryDigitAndTellsWhatIsNoNumber() throws Exception {
        stack.insert("tool_performance", """
                {"tool_id": "odd", "metric_name": "big", "metric_value": 1e300}""");
        stack.insert("tool_performance", """
                {"tool_id": "odd", "metric_name": "nan", "metric_value": "NaN"}""");
        List<JsonNode> values = stack.client
                .get("/v1/performance", Map.of("tool_id", List.of("odd")))
                .get("items")
                .valueStream()
                .map(item -> item.get("metric_value"))
                .toList();
        assertThat(values.getFirst().stringValue()).isEqualTo("NaN");
        assertThat(values.getLast().decimalValue()).isEqualByComparingTo("1e300");
        assertThat(stack.raw("/v1/performance/aggregates?tool_id=odd").statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsRowsByType() throws Exception {
        JsonNode run = stack.client.counts("r1").get("postgres");
        assertThat(run.get("log").intValue()).isEqualTo(2);
        assertThat(run.get("bug_report").intValue()).isZero();
        assertThat(run.get("perf_data").intValue()).isEqualTo(1);
        assertThat(run.get("performance").intValue()).isZero();
        JsonNode all = stack.client.counts().get("postgres");
        assertThat(all.get("log").intValue()).isEqualTo(3);
        assertThat(all.get("bug_report").intValue()).isEqualTo(2);
        assertThat(all.get("performance").intValue()).isEqualTo(1);
        assertThat(stack.client.counts().get("estimated").isEmpty()).isTrue();
    }

    @Test
    void tellsHowTheStoresAre() throws Exception {
        JsonNode status = stack.client.status();
        assertThat(Instant.parse(status.get("time").stringValue())).isAfter(QueryStack.BEGIN);
        assertThat(status.at("/postgresql/reachable").booleanValue()).isTrue();
        assertThat(status.at("/qdrant/reachable").booleanValue()).isTrue();
        assertThat(status.at("/counts/postgres/log").intValue()).isEqualTo(3);
        assertThat(status.get("estimated").isEmpty()).isTrue();
        assertThat(stack.raw("/health/live").statusCode()).isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(stack.raw("/health/ready").statusCode()).isEqualTo(200));
        assertThat(stack.raw("/metrics").body()).contains("dise_query_requests_seconds_count", "hikaricp_connections");
    }

    private static JsonNode only(JsonNode answer) {
        assertThat(answer.get("items").size()).as(answer.toString()).isEqualTo(1);
        return answer.get("items").get(0);
    }
}
