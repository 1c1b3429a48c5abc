package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is known of tools: facts, ranking, versions, lineage. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class ToolQuestionsIT {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = QueryStack.start(folder);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void empty() throws Exception {
        stack.sql(
                "TRUNCATE dise_g1.tool_failures, dise_g1.tool_bugs, dise_g1.tool_performance, dise_g1.tool_debug_data,"
                        + " dise_g1.tool_logs, dise_g1.tool_ancestry, dise_g1.generated_tools,"
                        + " dise_g1.generated_tool_versions");
    }

    @Test
    void aFigureThatNothingTellsOfIsAbsent() throws Exception {
        log("t");
        JsonNode tool = stack.json("/v1/tools/t");
        assertThat(tool.get("registered").booleanValue()).isFalse();
        assertThat(tool.get("only_logged").booleanValue()).isTrue();
        assertThat(tool.get("known_from").toString()).isEqualTo("[\"logs\"]");
        assertThat(tool.get("facts").propertyNames())
                .containsExactlyInAnyOrder("tool_id", "failures", "open_bugs", "open_critical_bugs", "last_seen");
        assertThat(stack.raw("/v1/tools/nobody").statusCode()).isEqualTo(404);
        assertThat(stack.raw("/v1/tools/t/code").statusCode()).isEqualTo(404);
    }

    @Test
    void runsAreNotCountedTwiceAndOutcomesMakeTheRate() throws Exception {
        for (int i = 1; i <= 10; i++) {
            metric("t", "latency_ms", i * 100, "", i <= 9 ? "true" : "false", 1);
        }
        metric("t", "latency", 2, "s", "true", 1);
        metric("t", "latency", 99, "", "true", 1);
        metric("t", "memory_mb", 5_000, "MB", "false", 1);
        metric("t", "latency_ms", 60_000, "ms", "false", 24 * 8);
        JsonNode facts = facts("t");
        assertThat(facts.get("runs").intValue()).isEqualTo(11);
        assertThat(facts.get("p95_latency_ms").doubleValue()).isEqualTo(2_000);
        assertThat(facts.get("success_rate").doubleValue()).isEqualTo(10 / 11.0);
        call("t", "success", 7);
        call("t", "Timeout", 9);
        call("t", "running", 9);
        JsonNode told = facts("t");
        assertThat(told.get("runs").intValue()).isEqualTo(11);
        assertThat(told.get("success_rate").doubleValue()).isEqualTo(0.5);
        assertThat(told.get("p95_latency_ms").doubleValue()).isEqualTo(2_000);
        assertThat(stack.json("/v1/tools/t?facts_since=30d")
                        .at("/facts/p95_latency_ms")
                        .doubleValue())
                .isEqualTo(60_000);
    }

    @Test
    void theWorstComeFirst() throws Exception {
        failure("a", 1);
        failure("b", 1);
        failure("b", 2);
        failure("old", 24 * 9);
        bug("a", "a1", "critical", false);
        bug("b", "b1", "low", true);
        metric("slow", "duration_ms", 900, "", "true", 1);
        metric("a", "duration_ms", 10, "", "false", 1);
        register("b", 1);
        assertThat(ranked("by=failures")).containsExactly("b", "a");
        assertThat(ranked("by=failures&since=30d")).containsExactly("b", "a", "old");
        assertThat(ranked("by=failures&limit=1")).containsExactly("b");
        assertThat(ranked("by=open_bugs")).containsExactly("a");
        assertThat(ranked("by=p95_latency_ms")).containsExactly("slow", "a");
        assertThat(ranked("by=success_rate")).containsExactly("a", "slow");
        JsonNode worst = stack.json("/v1/tools/ranking").get("items").get(0);
        assertThat(worst.get("tool_name").stringValue()).isEqualTo("name of b");
        assertThat(worst.at("/facts/failures").intValue()).isEqualTo(2);
        assertThat(worst.at("/facts/open_bugs").intValue()).isZero();
    }

    @Test
    void versionsSayWhatChangedAndWhoElseIsOne() throws Exception {
        register("t-v2", 5);
        register("t", 1);
        register("t-v1", 1);
        register("t-video", 1);
        version("t", 1, "tool_name,tool_type,tool_code,metadata", "a\nb\nc", "{\"version\":\"1.0\"}");
        version("t", 2, "tool_name,tool_type,tool_code", "a\nB\nc\nd", null);
        version("t", 3, "tool_name,tool_type,metadata", null, "{\"version\":2}");
        version("t", 4, "tool_name,tool_type,tool_code", null, null);
        ancestry("t-v2", "t");
        JsonNode answer = stack.json("/v1/tools/t/versions");
        assertThat(answer.get("total").intValue()).isEqualTo(4);
        List<String> told = answer.get("items")
                .valueStream()
                .map(item -> item.get("version") + " " + item.get("label").stringValue() + " " + item.get("changed")
                        + " +" + item.get("lines_added") + " -" + item.get("lines_removed") + " "
                        + item.has("code_sha256"))
                .toList();
        assertThat(told)
                .containsExactly(
                        "4 2 [\"tool_code\"] +0 -4 false",
                        "3 2 [\"metadata\"] +0 -0 true",
                        "2 1.0 [\"tool_code\"] +2 -1 true",
                        "1 1.0 [\"tool_name\",\"tool_type\",\"tool_code\",\"metadata\"] +3 -0 true");
        assertThat(answer.get("relatives").toString())
                .contains("{\"tool_id\":\"t-v2\",\"how\":\"parent\",\"relationship_type\":\"derived_from\"}")
                .contains("{\"tool_id\":\"t-v1\",\"how\":\"name\"}")
                .doesNotContain("t-video");
        assertThat(answer.has("next")).isFalse();
        assertThat(stack.raw("/v1/tools/u/versions").statusCode()).isEqualTo(404);
    }

    @Test
    void thousandsOfVersionsComeInPages() throws Exception {
        register("t", 5_000);
        stack.sql("""
                INSERT INTO dise_g1.generated_tool_versions (tool_id, tool_code, set_fields, event_id, event_time,
                                                             source_topic, source_partition, source_offset)
                SELECT 't', 'line ' || n, 'tool_code', gen_random_uuid(), now() - n * INTERVAL '1 minute', 't', 0, n
                FROM generate_series(1, 3000) AS n""");
        List<Integer> told = new ArrayList<>();
        String after = "";
        for (int page = 1; page <= 6; page++) {
            JsonNode answer = stack.json("/v1/tools/t/versions?limit=500" + after);
            assertThat(answer.get("items"))
                    .allSatisfy(item ->
                            assertThat(item.get("lines_added").intValue()).isEqualTo(1));
            answer.get("items").forEach(item -> told.add(item.get("version").intValue()));
            assertThat(answer.has("next")).isEqualTo(page < 6);
            after = "&after=" + answer.path("next").asString("");
            // What is newer than the pages that were read moves nothing.
            version("t", 99, "tool_code", "line of its own", null);
        }
        assertThat(told)
                .isEqualTo(IntStream.iterate(3_000, number -> number - 1)
                        .limit(3_000)
                        .boxed()
                        .toList());
    }

    @Test
    void aCursorOfVersionsBelongsToItsTool() throws Exception {
        for (String tool : List.of("t", "u")) {
            register(tool, 1);
            version(tool, 1, "tool_code", "a", null);
            version(tool, 2, "tool_code", "b", null);
        }
        JsonNode first = stack.json("/v1/tools/t/versions?limit=1");
        String after = "after=" + first.get("next").stringValue();
        JsonNode second = stack.json("/v1/tools/t/versions?limit=1&" + after);
        assertThat(second.at("/items/0/version").intValue()).isEqualTo(1);
        assertThat(second.get("total").intValue()).isEqualTo(2);
        assertThat(second.has("next")).isFalse();
        assertThat(stack.raw("/v1/tools/u/versions?" + after).body()).contains("belongs to another list");
    }

    @Test
    void cyclesAndDiamondsShowEachToolOnceAtItsShortestDistance() throws Exception {
        for (String edge : List.of("root>a", "root>b", "a>t", "b>t", "t>c", "t>d", "c>e", "d>e", "e>t", "t>t")) {
            ancestry(edge.substring(0, edge.indexOf('>')), edge.substring(edge.indexOf('>') + 1));
        }
        failure("e", 1);
        failure("root", 1);
        bug("c", "c1", "critical", false);
        JsonNode answer = stack.json("/v1/lineage/t");
        assertThat(levels(answer)).isEqualTo(Map.of("t", 0, "a", -1, "b", -1, "e", -1, "root", -2, "c", 1, "d", 1));
        assertThat(answer.get("edges")).hasSize(10);
        assertThat(answer.at("/blast_radius/tools").intValue()).isEqualTo(4);
        assertThat(answer.at("/blast_radius/critical_bugs").intValue()).isEqualTo(1);
        assertThat(answer.get("truncated").booleanValue()).isFalse();

        JsonNode below = stack.json("/v1/lineage/t?direction=children&depth=1");
        assertThat(levels(below)).isEqualTo(Map.of("t", 0, "c", 1, "d", 1));
        JsonNode all = stack.json("/v1/lineage/t?direction=children");
        assertThat(levels(all)).isEqualTo(Map.of("t", 0, "c", 1, "d", 1, "e", 2));
        assertThat(all.get("blast_radius").toString())
                .isEqualTo("{\"tools\":4,\"open_bugs\":1,\"critical_bugs\":1,\"failures\":1}");
    }

    @Test
    void aFamilyThatIsTooWideIsCutAndSaysSo() throws Exception {
        stack.sql("""
                INSERT INTO dise_g1.tool_ancestry (parent_tool_id, child_tool_id, relationship_type, event_id, event_time,
                                                   source_topic, source_partition, source_offset)
                SELECT 'wide', 'child-' || n, 'derived_from', gen_random_uuid(), now(), 't', 0, n
                FROM generate_series(1, 2500) AS n""");
        JsonNode answer = stack.client.get("/v1/lineage/wide", Map.of());
        assertThat(answer.get("nodes")).hasSize(2_000);
        assertThat(answer.get("edges")).hasSize(1_999);
        assertThat(answer.get("truncated").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/v1/tools/ranking?by=age | by must be one of failures, open_bugs, p95_latency_ms, success_rate",
                "/v1/tools/ranking?limit=501 | limit must be",
                "/v1/tools/t?since=7d | 'since' is not a filter here; allowed are facts_since",
                "/v1/tools/t?facts_since=soon | facts_since must be a time",
                "/v1/tools/t/versions?depth=1 | 'depth' is not a filter here",
                "/v1/lineage/t?direction=up | direction must be one of both, parents, children",
                "/v1/lineage/t?depth=101 | depth must be"
            })
    void whatIsMalformedIsRefusedWithTheRule(String path, String rule) throws Exception {
        var response = stack.raw(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(rule);
    }

    private static Map<String, Integer> levels(JsonNode answer) {
        return answer.get("nodes")
                .valueStream()
                .collect(Collectors.toMap(
                        node -> node.get("tool_id").stringValue(),
                        node -> node.get("level").intValue(),
                        (one, other) -> {
                            throw new AssertionError("told twice");
                        },
                        TreeMap::new));
    }

    private static List<String> ranked(String parameters) throws Exception {
        return stack.json("/v1/tools/ranking?" + parameters)
                .get("items")
                .valueStream()
                .map(item -> item.get("tool_id").stringValue())
                .toList();
    }

    private static JsonNode facts(String tool) throws Exception {
        return stack.json("/v1/tools/" + tool).get("facts");
    }

    private static Instant ago(int hours) {
        return NOW.minus(hours, ChronoUnit.HOURS);
    }

    private static void log(String tool) throws Exception {
        stack.insert("tool_logs", """
                {"id": 1, "tool_id": "%s", "log_level": "info", "message": "m", "made_safe": false, "event_time": "%s"}
                """.formatted(tool, ago(1)));
    }

    private static void failure(String tool, int hours) throws Exception {
        stack.insert("tool_failures", """
                {"tool_id": "%s", "scenario": "s", "error_message": "m", "event_time": "%s"}
                """.formatted(tool, ago(hours)));
    }

    private static void bug(String tool, String id, String severity, boolean resolved) throws Exception {
        stack.insertEntity("tool_bugs", """
                {"bug_id": "%s", "tool_id": "%s", "severity": "%s", "message": "m", "resolved": %s}
                """.formatted(id, tool, severity, resolved));
    }

    private static void metric(String tool, String name, double value, String unit, String success, int hours)
            throws Exception {
        stack.insert("tool_performance", """
                {"id": 1, "tool_id": "%s", "metric_name": "%s", "metric_value": %s, "unit": "%s",
                 "details": {"success": %s}, "made_safe": false, "event_time": "%s"}
                """.formatted(tool, name, value, unit, success, ago(hours)));
    }

    private static void call(String tool, String status, double millis) throws Exception {
        stack.insert("tool_debug_data", """
                {"id": 1, "context_type": "tool", "context_id": "%s", "status": "%s", "duration_ms": %s,
                 "made_safe": false, "event_time": "%s"}
                """.formatted(tool, status, millis, ago(1)));
    }

    private static void ancestry(String parent, String child) throws Exception {
        stack.insert("tool_ancestry", """
                {"parent_tool_id": "%s", "child_tool_id": "%s", "relationship_type": "derived_from"}
                """.formatted(parent, child));
    }

    private static void register(String tool, int minutes) throws Exception {
        stack.insert("generated_tools", """
                {"tool_id": "%s", "tool_name": "name of %1$s", "tool_type": "llm", "first_seen": "%s", "occurrences": 1,
                 "fields": [], "event_time": "%2$s"}
                """.formatted(tool, ago(24 * 30).minusSeconds(60L * minutes)));
    }

    private static void version(String tool, int hour, String fields, String code, String metadata) throws Exception {
        stack.insert("generated_tool_versions", """
                {"tool_id": "%s", "tool_name": "n", "tool_type": "llm", "tool_code": %s, "metadata": %s,
                 "set_fields": "%s", "event_time": "%s"}
                """.formatted(
                        tool,
                        code == null ? "null" : '"' + code.replace("\n", "\\n") + '"',
                        metadata,
                        fields,
                        ago(100 - hour)));
    }
}
