package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.query.client.QueryFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lists that are read page by page while rows come in. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class PagingIT {
    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        stack = QueryStack.start(folder);
        stack.sql("SELECT dise_g1.add_partition('tool_logs', (now() AT TIME ZONE 'UTC')::date - d)"
                + " FROM generate_series(0, 4) d");
        // Many rows of one moment, so that the ids have to settle ties.
        insertLogs("begin", "now() - (n / 40) * INTERVAL '3 hours'", 1_000);
        insertFailures("begin", 400);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/logs, q, 1000",
        "/v1/logs, tool_id=begin, 1000",
        "/v1/logs, since=3650d, 1000",
        "/v1/logs, q=every, 1000",
        "/v1/logs, q=rare, 100",
        "/v1/failures, tool_id=begin, 400",
        "/v1/failures, q=every&severity=high, 400"
    })
    void whatWasThereAtTheBeginningIsToldOnceWhileOthersComeIn(String path, String filters, int rows) throws Exception {
        Map<String, List<String>> parameters =
                filters.equals("q") ? Map.of() : Parameters.parse(filters).values();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> insertUntil(enough));
        List<String> told = new ArrayList<>();
        try {
            everyPage(path, parameters, 37).forEach(item -> {
                if (item.get("tool_id").stringValue().equals("begin")) {
                    told.add(item.get("event_id").stringValue());
                }
            });
        } finally {
            enough.set(true);
            writer.join();
        }
        assertThat(told).hasSize(rows).doesNotHaveDuplicates();
    }

    @Test
    void aBugThatMovesUpWhileItIsReadIsNotToldTwice() throws Exception {
        for (int i = 0; i < 30; i++) {
            stack.insertEntity("tool_bugs", """
                    {"bug_id": "b%d", "tool_id": "moves", "severity": "high", "message": "m"}""".formatted(i));
        }
        Map<String, List<String>> parameters =
                new TreeMap<>(Map.of("tool_id", List.of("moves"), "limit", List.of("10")));
        JsonNode first = stack.client.get("/v1/bugs", parameters);
        stack.sql("UPDATE dise_g1.tool_bugs SET event_time = now() WHERE bug_id IN ('b29', 'b5')");
        List<String> told = ids(first.get("items"), "bug_id");
        parameters.put("after", List.of(first.get("next").stringValue()));
        JsonNode second = stack.client.get("/v1/bugs", parameters);
        told.addAll(ids(second.get("items"), "bug_id"));
        parameters.put("after", List.of(second.get("next").stringValue()));
        told.addAll(ids(stack.client.get("/v1/bugs", parameters).get("items"), "bug_id"));
        // b29 had been told before it moved; b5 moved before it could be, to where the next reading begins.
        assertThat(told).hasSize(29).doesNotHaveDuplicates().contains("b29").doesNotContain("b5");
    }

    @Test
    void aCursorBelongsToItsListAndItsFilters() throws Exception {
        String next = stack.json("/v1/logs?tool_id=begin&limit=5").get("next").stringValue();
        assertThat(stack.raw("/v1/logs?limit=9&tool_id=begin&after=" + next).statusCode())
                .isEqualTo(200);
        for (String other :
                List.of("/v1/logs?after=", "/v1/logs?tool_id=b&after=", "/v1/failures?tool_id=begin&after=")) {
            assertThat(stack.raw(other + next).body())
                    .contains("\"code\":\"bad_value\"", "after belongs to another list or to other filters");
        }
        assertThat(stack.raw("/v1/logs?tool_id=begin&after=" + next + "AA").body())
                .contains("after must be the next of an answer as it was given");
        String turned = (next.charAt(20) == 'A' ? "B" : "A");
        assertThat(stack.raw("/v1/logs?tool_id=begin&after=" + next.substring(0, 20) + turned + next.substring(21))
                        .body())
                .contains("after must be the next");
    }

    @Test
    void figuresGoOnBehindTheirLastGroup() throws Exception {
        stack.sql("""
                INSERT INTO dise_g1.tool_performance (tool_id, metric_name, metric_value, event_id, event_time,
                                                      source_topic, source_partition, source_offset)
                SELECT 'tool ' || mod(n, 7), 'm' || mod(n, 3), n, gen_random_uuid(), now() - n * INTERVAL '7 minutes', 't', 0, n
                FROM generate_series(1, 200) n""");
        for (String filters : List.of("since=2d", "since=2d&bucket=1h")) {
            Map<String, List<String>> parameters = Parameters.parse(filters).values();
            List<JsonNode> whole = everyPage("/v1/performance/aggregates", parameters, 1_000);
            List<JsonNode> pieces = everyPage("/v1/performance/aggregates", parameters, 4);
            assertThat(pieces).hasSizeGreaterThan(20).isEqualTo(whole);
        }
    }

    @Test
    void aSeriesHasAFigureForEachLengthOfTime() throws Exception {
        for (int i = 0; i < 100; i++) {
            stack.insert("tool_performance", """
                    {"tool_id": "s", "metric_name": "ms", "metric_value": %d, "event_time": "2026-02-02T%02d:30:00Z"}""".formatted(i, i / 50));
        }
        JsonNode series = stack.json(
                "/v1/performance/series?tool_id=s&metric_name=ms&since=2026-02-01T00:00:00Z&until=2026-02-04T00:00:00Z&bucket=1h");
        assertThat(series.get("bucket").stringValue()).isEqualTo("1h");
        assertThat(series.get("items").get(0).toString())
                .isEqualTo(
                        "{\"bucket\":\"2026-02-02T00:00:00.000000Z\",\"count\":50,\"mean\":24.5,\"min\":0,\"max\":49,"
                                + "\"p50\":24,\"p95\":47}");
        assertThat(series.get("count").intValue()).isEqualTo(2);
        assertThat(stack.json(
                                "/v1/performance/series?metric_name=ms&since=2026-02-01T00:00:00Z&until=2026-02-04T00:00:00Z")
                        .get("bucket")
                        .stringValue())
                .isEqualTo("5m");
    }

    private static List<JsonNode> everyPage(String path, Map<String, List<String>> filters, int limit)
            throws QueryFailedException {
        Map<String, List<String>> parameters = new TreeMap<>(filters);
        parameters.put("limit", List.of(Integer.toString(limit)));
        List<JsonNode> items = new ArrayList<>();
        String next;
        do {
            JsonNode page = stack.client.get(path, parameters);
            page.get("items").forEach(items::add);
            next = page.path("next").asString("");
            parameters.put("after", List.of(next));
        } while (!next.isEmpty());
        return items;
    }

    private static List<String> ids(JsonNode items, String name) {
        List<String> ids = new ArrayList<>();
        items.forEach(item -> ids.add(item.get(name).stringValue()));
        return ids;
    }

    /** Of the present, of the past, and of the very moments that others have. */
    private static void insertUntil(AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                insertLogs("late", "now() - floor(random() * 30) * INTERVAL '3 hours'", 5);
                stack.sql("""
                        INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, event_id, event_time,
                                                       source_topic, source_partition, source_offset)
                        SELECT 'late', 'info', 'every rare', gen_random_uuid(), event_time, 't', 0, 0
                        FROM dise_g1.tool_logs WHERE tool_id = 'begin' ORDER BY random() LIMIT 5""");
                insertFailures("late", 5);
            }
        } catch (SQLException e) {
            Assertions.fail(e);
        }
    }

    private static void insertLogs(String tool, String time, int rows) throws SQLException {
        stack.sql("""
                INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, event_id, event_time,
                                               source_topic, source_partition, source_offset)
                SELECT '%s', 'info', 'every' || CASE mod(n, 10) WHEN 0 THEN ' rare' ELSE '' END,
                       gen_random_uuid(), %s, 't', 0, n
                FROM generate_series(0, %d) n""".formatted(tool, time, rows - 1));
    }

    private static void insertFailures(String tool, int rows) throws SQLException {
        stack.sql("""
                INSERT INTO dise_g1.tool_failures (tool_id, scenario, error_message, severity, event_id, event_time,
                                                   source_topic, source_partition, source_offset)
                SELECT '%s', 's', 'every', 'high', gen_random_uuid(), now() - mod(n, 20) * INTERVAL '5 hours', 't', 0, n
                FROM generate_series(1, %d) n""".formatted(tool, rows));
    }
}
