package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no question, and what would be an attack. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class RefusedQuestionsIT {
    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        stack = QueryStack.start(folder);
        for (int i = 0; i < 3; i++) {
            stack.insert("tool_logs", """
                    {"tool_id": "a", "log_level": "info", "message": "m", "run_id": "r"}""");
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/logs?tool=a | unknown_filter | allowed are tool_id, log_level, q, details.*, run_id, event_id, since, until, limit",
                "/v1/logs?tool_id%27%3BDROP%20TABLE%20dise_g1.tool_logs%3B--=1 | unknown_filter | allowed are",
                "/v1/logs?log_level=loud | bad_value | log_level must be of debug",
                "/v1/logs?since=then | bad_value | since must be a time",
                "/v1/logs?offset=1 | unknown_filter | since, until, limit, after",
                "/v1/logs?after=AQ | bad_value | after must be the next of an answer as it was given",
                "/v1/performance/series?tool_id=a | bad_value | metric_name must name one metric",
                "/v1/performance/series?metric_name=a&since=30d&bucket=1m | bad_value | bucket must be 1h or longer for this time",
                "/v1/performance/series?metric_name=a&since=4000d | bad_value | since must be at most 1000 days before until",
                "/v1/performance/series?metric_name=a&bucket=2h | bad_value | bucket must be one of 1m, 5m, 1h, 1d, auto",
                "/v1/logs/export?limit=5 | unknown_filter | since, until, format",
                "/v1/logs/export?format=xml | bad_value | format must be ndjson or csv",
                "/v1/logs?details.a%5Cb=1 | bad_value | a dot of a name is",
                "/v1/logs?limit=1001 | bad_value | limit must be a whole number from 1 to 1000",
                "/v1/logs?tool_id= | bad_value | tool_id must not be empty",
                "/v1/logs?q=%00 | bad_value | U+0000",
                "/v1/logs?q=--%20! | bad_value | q must have a word to look for: punctuation alone is none",
                "/v1/logs?details.=1 | bad_value | details.* must have a path of 1 to 8 names",
                "/v1/logs?metadata.a=1 | unknown_filter | allowed are tool_id, log_level, q, details.*",
                "/v1/tools?details.a=1 | unknown_filter | allowed are tool_id, tool_type, q, metadata.*",
                "/v1/logs?details.a=1e999999 | bad_value | has a value that PostgreSQL cannot compare",
                "/v1/performance?bucket=1h | unknown_filter | allowed are",
                "/v1/performance/aggregates?bucket=often | bad_value | bucket must be a length of time as in 30s",
                "/v1/performance/aggregates?bucket=0s | bad_value | bucket must be longer than nothing",
                "/v1/performance/aggregates?bucket=1m&since=30d | bad_value | there are at most 11000 buckets",
                "/v1/bugs?resolved=maybe | bad_value | resolved must be true or false",
                "/v1/ancestry/a?depth=0 | bad_value | depth must be a whole number from 1 to 100",
                "/v1/ancestry/a?direction=up | bad_value | direction must be one of both, parents, children",
                "/v1/counts?tool_id=a | unknown_filter | allowed are run_id",
                "/v1/status?x=a | unknown_filter | allowed are",
                "/v1/events/e/visible?type=log&subject=a&time=2026-01-31 | bad_value | store is required",
                "/v1/events/e/visible?store=disk | bad_value | store must be one of postgres, qdrant",
                "/v1/events/e/visible?store=qdrant&type=poem | bad_value | type must be one of log, failure",
                "/v1/events/e/visible?store=qdrant&type=deletion | bad_value | target_type is required",
                "/v1/events/e/visible?store=qdrant&type=deletion&target_type=log | bad_value | of a deletion an entity",
                "/v1/events/e/visible?store=qdrant&type=plan&subject=a&time=then | bad_value | time must be a time",
                "/v1/events/e/visible?store=qdrant&type=log&subject=a&time=2026-01-31T00:00:00Z | bad_value | store must be postgres: events of type log never go to qdrant",
                "/v1/events/e/visible?store=postgres&type=plan&subject=a&time=2026-01-31T00:00:00Z | bad_value | store must be qdrant: events of type plan never go to postgres"
            })
    void aWrongQuestionIsExplained(String path, String code, String detail) throws Exception {
        HttpResponse<String> response = stack.raw(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", detail, "\"status\":400", "\"title\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a'; DROP TABLE dise_g1.tool_logs; --",
                "a' OR '1'='1",
                "a\\'; SELECT pg_sleep(9); --",
                "{a}','b",
                "%",
                "_",
                "$1",
                "?"
            })
    void aValueIsNeverSql(String value) throws Exception {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String name : List.of("tool_id", "run_id", "event_id")) {
            assertThat(stack.json("/v1/logs?" + name + "=" + encoded)
                            .get("count")
                            .intValue())
                    .as(name)
                    .isZero();
        }
        assertThat(stack.raw("/v1/logs?q=word+" + encoded).statusCode()).isEqualTo(200);
        assertThat(stack.raw("/v1/logs?details.a=" + encoded).statusCode()).isEqualTo(200);
        assertThat(stack.raw("/v1/logs?details." + encoded + "=1").statusCode())
                .isEqualTo(value.contains("\\") ? 400 : 200);
        assertThat(stack.json("/v1/ancestry/" + encoded.replace("+", "%20"))
                        .get("count")
                        .intValue())
                .isZero();
        assertThat(stack.json("/v1/logs").get("count").intValue()).isEqualTo(3);
    }

    @Test
    void anAnswerHasABound() throws Exception {
        stack.sql("""
                INSERT INTO dise_g1.tool_failures
                    (tool_id, scenario, error_message, event_id, event_time,
                     source_topic, source_partition, source_offset)
                SELECT 'big', 's', repeat('x', 900000), gen_random_uuid(), now(), 'dise.bulk', 0, n
                FROM generate_series(1, 40) n""");
        HttpResponse<String> response = stack.raw("/v1/failures?tool_id=big");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"too_large\"", "lower the limit");
        assertThat(stack.raw("/v1/failures?tool_id=big&limit=10").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyReadsAndKnowsItsPaths() throws Exception {
        assertThat(stack.raw("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(stack.raw("/v1/nothing").body()).contains("\"code\":\"not_found\"");
        assertThat(stack.raw("/v1/events/e/seen").body()).contains("there is /v1/events/<id>/visible");
        assertThat(stack.send("HEAD", "/v1/logs").statusCode()).isEqualTo(405);
        HttpResponse<String> delete = stack.send("DELETE", "/v1/logs");
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("Allow")).hasValue("GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/ancestry/%zz HTTP/1.1",
                "GET /v1/logs?q=%zz HTTP/1.1",
                "GET /v1/logs?q=a b HTTP/1.1",
                "GET /v1/logs?q=\u00e4 HTTP/1.1"
            })
    void brokenRequestsAreRefused(String requestLine) throws Exception {
        String statusLine = stack.talk(requestLine);
        assertThat(statusLine).startsWith("HTTP/1.1 400");
    }
}
