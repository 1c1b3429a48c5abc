package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.query.facts.FailureGroups;
import dev.dise.runtime.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Failure storms folded, over real HTTP and a real PostgreSQL. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class FailureGroupsIT {
    private static final String ALL = "since=2026-01-01T00:00:00Z";

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
        stack.sql("TRUNCATE dise_g1.tool_failures, dise_g1.tool_bugs");
    }

    @Test
    void failuresAreFoldedWithTheirTimesToolsAndASample() throws Exception {
        failure("a", "no row 1", null, 1);
        failure("a", "no row 2", null, 3);
        failure("b", "no row 17", null, 2);
        failure("c", "ValueError: bad", "high", 4);
        JsonNode groups = items("by=count&" + ALL);
        assertThat(groups).hasSize(2);
        JsonNode first = groups.get(0);
        assertThat(first.get("count").intValue()).isEqualTo(3);
        assertThat(first.get("kind").stringValue()).isEqualTo("failure");
        assertThat(first.get("message").stringValue()).isEqualTo("no row 2");
        assertThat(first.get("tools").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(first.get("tool_count").intValue()).isEqualTo(2);
        assertThat(first.get("first_seen").stringValue()).startsWith("2026-01-31T00:00:01");
        assertThat(first.get("last_seen").stringValue()).startsWith("2026-01-31T00:00:03");
        assertThat(first.get("regressed").booleanValue()).isFalse();
        assertThat(first.has("resolved_at")).isFalse();
        String fingerprint = first.get("fingerprint").stringValue();
        JsonNode rows = stack.json("/v1/failures?fingerprint=" + fingerprint).get("items");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).get("event_id")).isEqualTo(first.get("sample_event_id"));
        JsonNode newest = items(ALL).get(0);
        assertThat(newest.get("type").stringValue()).isEqualTo("ValueError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tool_id=a | 1",
                "tool_id=a&tool_id=c | 2",
                "severity=high | 1",
                "q=row | 1",
                "since=2026-01-31T00:00:02Z | 2",
                "since=2026-01-31T00:00:02Z&until=2026-01-31T00:00:04Z | 1",
                "limit=1 | 1",
                "kind=bug | 0"
            })
    void filtersNarrow(String parameters, int expected) throws Exception {
        failure("a", "no row 1", null, 1);
        failure("a", "no row 2", null, 3);
        failure("c", "ValueError: bad", "high", 4);
        assertThat(items(parameters.contains("since") ? parameters : parameters + "&" + ALL))
                .hasSize(expected);
    }

    @Test
    void whatIsSeenAgainAfterItsLastResolveHasRegressed() throws Exception {
        failure("a", "no row 1", null, 1);
        bug("b1", "no row 2", 5, 5, "resolved", "true");
        JsonNode group = items(ALL).get(0);
        assertThat(group.get("resolved").intValue()).isEqualTo(1);
        assertThat(group.get("open").intValue()).isZero();
        assertThat(group.get("regressed").booleanValue()).isFalse();

        failure("a", "no row 3", null, 6);
        assertThat(items(ALL).get(0).get("regressed").booleanValue()).isTrue();

        // The resolve itself, later than the time that it says, is nothing that was seen.
        JsonNode bugs = items("kind=bug&" + ALL);
        assertThat(bugs.get(0).get("regressed").booleanValue()).isFalse();
        bug("b2", "no row 4", 9, null, "bug_id,message", "false");
        JsonNode again = items("kind=bug&" + ALL).get(0);
        assertThat(again.get("regressed").booleanValue()).isTrue();
        assertThat(again.get("open").intValue()).isEqualTo(1);
        assertThat(again.get("resolved").intValue()).isEqualTo(1);
        assertThat(again.get("sample_bug_id").stringValue()).isEqualTo("b2");
    }

    @Test
    void aBugReportedAgainWithoutAWordOfItsBeingResolvedHasRegressed() throws Exception {
        bug("b1", "no row 2", 8, 5, "bug_id,message", "true");
        assertThat(items("kind=bug&" + ALL).get(0).get("regressed").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/v1/failures/groups?kind=log | kind must be failure or bug",
                "/v1/failures/groups?by=age | by must be last_seen or count",
                "/v1/failures/groups?limit=0 | limit must be a whole number from 1 to 1000",
                "/v1/failures/groups?offset=1 | 'offset' is not a filter here",
                "/v1/failures/groups?fingerprint=7 | fingerprint must be a fingerprint",
                "/v1/failures?fingerprint=x'--&limit=1 | fingerprint must be a fingerprint",
                "/v1/bugs?fingerprint=7 | fingerprint must be a fingerprint"
            })
    void whatIsMalformedIsRefusedWithTheRule(String path, String rule) throws Exception {
        var response = stack.raw(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(rule);
    }

    @Test
    void aHundredThousandFailuresAreFoldedFromAnIndexAlone() throws Exception {
        stack.sql("""
                INSERT INTO dise_g1.tool_failures (tool_id, scenario, error_message, stack_trace, event_id, event_time,
                                                   source_topic, source_partition, source_offset)
                SELECT 'tool-' || n % 50, 's', 'kind ' || chr(97 + n % 26) || ' failed at row ' || n, repeat('x', 500),
                       gen_random_uuid(), now() - n * INTERVAL '1 second', 't', 0, n
                FROM generate_series(1, 100000) AS n""");
        try (Database database = Database.open(stack.config.database(), new Metrics())) {
            awaitVacuum(database);
            SqlQuery query = FailureGroups.query(Parameters.parse("since=7d"), new Moments(Clock.systemUTC()));
            Plan plan = Plan.of(query, database);
            assertThat(plan.toString()).contains("Index Only Scan").doesNotContain("Seq Scan");
            database.rows(query);
            Instant begin = Instant.now();
            assertThat(database.rows(query)).hasSize(26);
            Duration took = Duration.between(begin, Instant.now());
            System.out.println("100,000 failures folded in " + took.toMillis() + " ms");
            assertThat(took).isLessThan(Duration.ofSeconds(2));
        }
    }

    /** While another transaction is open, it leaves pages that it would have marked. */
    private static void awaitVacuum(Database database) {
        SqlQuery unmarked = SqlQuery.of("SELECT relpages - relallvisible AS pages FROM pg_class"
                + " WHERE oid = 'dise_g1.tool_failures'::regclass");
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            stack.sql("VACUUM ANALYZE dise_g1.tool_failures");
            return database.rows(unmarked).getFirst().get("pages").intValue() == 0;
        });
    }

    private static void failure(String tool, String message, @Nullable String severity, int second) throws Exception {
        stack.insert("tool_failures", """
                {"tool_id": "%s", "scenario": "s", "error_message": "%s", "severity": "%s",
                 "event_time": "2026-01-31T00:00:0%dZ"}
                """.formatted(tool, message, severity == null ? "low" : severity, second));
    }

    private static void bug(
            String id, String message, int second, @Nullable Integer resolved, String fields, String isResolved)
            throws Exception {
        stack.insert("tool_bugs", """
                {"bug_id": "%s", "tool_id": "t", "severity": "high", "message": "%s", "resolved": %s, "resolved_at": %s,
                 "event_time": "2026-01-31T00:00:0%dZ", "first_seen": "2026-01-31T00:00:00Z", "occurrences": 1,
                 "fields": %s}
                """.formatted(
                        id,
                        message,
                        isResolved,
                        resolved == null ? "null" : "\"2026-01-31T00:00:0" + resolved + "Z\"",
                        second,
                        List.of(fields.split(",")).stream()
                                .map(field -> '"' + field + '"')
                                .toList()));
    }

    private static JsonNode items(String parameters) throws Exception {
        return stack.json("/v1/failures/groups?" + parameters).get("items");
    }
}
