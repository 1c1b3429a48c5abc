package dev.dise.query.facts;

import dev.dise.query.SqlQuery;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that know tools. What tells of a run is looked for in three places, and the same run may be told in each of
 * them: debug data whose context is the tool and whose status says how it ended, measurements of its latency, and
 * measurements named {@code success}. So none of their counts is added to another's.
 *
 * @param since where the time begins that is looked at
 */
public record FactsSql(OffsetDateTime since) {
    /** Metrics that are milliseconds by their name, whatever their unit. */
    private static final List<String> IN_MILLIS = List.of(
            "latency_ms",
            "duration_ms",
            "execution_time_ms",
            "response_time_ms",
            "elapsed_ms",
            "tool.duration_ms",
            "tool_duration_ms");
    /** Metrics that count if their unit says what they are. */
    private static final List<String> BY_UNIT = List.of(
            "latency", "duration", "execution_time", "response_time", "elapsed", "tool.duration", "tool_duration");

    private static final List<String> LATENCIES =
            Stream.concat(IN_MILLIS.stream(), BY_UNIT.stream()).toList();
    private static final String MILLIS = """
            metric_value::float8 * CASE WHEN right(metric_name, 3) = '_ms' THEN 1 ELSE CASE lower(unit)
                WHEN 'ms' THEN 1 WHEN 'msec' THEN 1 WHEN 'millisecond' THEN 1 WHEN 'milliseconds' THEN 1
                WHEN 's' THEN 1000 WHEN 'sec' THEN 1000 WHEN 'second' THEN 1000 WHEN 'seconds' THEN 1000
                WHEN 'us' THEN 0.001 WHEN 'µs' THEN 0.001 WHEN 'microseconds' THEN 0.001
                WHEN 'ns' THEN 0.000001 WHEN 'nanoseconds' THEN 0.000001 END END""";
    private static final String GOOD = "('success', 'ok', 'succeeded', 'completed', 'passed')";
    private static final String BAD = "('error', 'failed', 'failure', 'timeout', 'timed_out', 'crashed')";

    private static final String RATE = """
            CASE WHEN c.ended > 0 THEN c.succeeded::float8 / c.ended
                 WHEN v.verdicts > 0 THEN v.succeeded / v.verdicts
                 WHEN l.told > 0 THEN l.succeeded::float8 / l.told END""";
    private static final String P95 = "coalesce(l.p95, c.p95)";

    /** What is known of each of these tools; those of which nothing is known too. */
    public SqlQuery of(List<String> tools) {
        Parts parts = new Parts(since, tools);
        SqlQuery latency = parts.latency();
        SqlQuery calls = parts.calls();
        SqlQuery verdicts = parts.verdicts();
        SqlQuery failures = parts.failures();
        SqlQuery bugs = parts.bugs();
        List<Object> values = new ArrayList<>(List.of(since, since, since, tools));
        Stream.of(latency, calls, verdicts, failures, bugs).forEach(part -> values.addAll(part.values()));
        return new SqlQuery(
                """
                SELECT w.tool_id,
                       nullif(greatest(c.ended, l.measured, v.verdicts, 0), 0) AS runs,
                       coalesce(f.failures, 0) AS failures,
                       coalesce(b.open_bugs, 0) AS open_bugs, coalesce(b.open_critical_bugs, 0) AS open_critical_bugs,
                       %s AS p95_latency_ms, %s AS success_rate, last.failure AS last_failure,
                       greatest(last.failure, b.last_seen, g.event_time,
                           (SELECT max(event_time) FROM tool_logs WHERE tool_id = w.tool_id AND event_time >= ?),
                           (SELECT max(event_time) FROM tool_performance WHERE tool_id = w.tool_id AND event_time >= ?),
                           (SELECT max(event_time) FROM tool_debug_data
                            WHERE context_id = w.tool_id AND event_time >= ?)) AS last_seen
                FROM unnest(?::text[]) AS w (tool_id)
                LEFT JOIN (%s) AS l USING (tool_id)
                LEFT JOIN (%s) AS c USING (tool_id)
                LEFT JOIN (%s) AS v USING (tool_id)
                LEFT JOIN (%s) AS f USING (tool_id)
                LEFT JOIN (%s) AS b USING (tool_id)
                LEFT JOIN generated_tools AS g USING (tool_id)
                LEFT JOIN LATERAL (SELECT event_time AS failure FROM tool_failures WHERE tool_id = w.tool_id
                                   ORDER BY event_time DESC LIMIT 1) AS last ON TRUE
                """.formatted(P95, RATE, latency.sql(), calls.sql(), verdicts.sql(), failures.sql(), bugs.sql()),
                values);
    }

    /** The tools of which the most is to be told, the worst first; only such as have the figure at all. */
    public SqlQuery ranking(Figure by, int limit) {
        Parts parts = new Parts(since, List.of());
        return switch (by) {
            case FAILURES -> worst(parts.failures(), "failures > 0", "failures DESC", limit);
            case OPEN_BUGS -> worst(parts.bugs(), "open_bugs > 0", "open_bugs DESC, open_critical_bugs DESC", limit);
            case P95_LATENCY_MS -> worst(measured(parts, P95), "figure IS NOT NULL", "figure DESC", limit);
            case SUCCESS_RATE -> worst(measured(parts, RATE), "figure IS NOT NULL", "figure, tool_id", limit);
        };
    }

    private static SqlQuery worst(SqlQuery of, String having, String order, int limit) {
        List<Object> values = new ArrayList<>(of.values());
        values.add(limit);
        return new SqlQuery(
                "SELECT tool_id FROM (" + of.sql() + ") AS found WHERE tool_id IS NOT NULL AND " + having + " ORDER BY "
                        + order + ", tool_id LIMIT ?",
                values);
    }

    private static SqlQuery measured(Parts parts, String figure) {
        List<SqlQuery> all = List.of(parts.latency(), parts.calls(), parts.verdicts());
        return new SqlQuery(
                "SELECT tool_id, %s AS figure FROM (%s) AS l FULL JOIN (%s) AS c USING (tool_id) FULL JOIN (%s) AS v USING (tool_id)"
                        .formatted(
                                figure,
                                all.get(0).sql(),
                                all.get(1).sql(),
                                all.get(2).sql()),
                all.stream().flatMap(part -> part.values().stream()).toList());
    }

    /** One row for each tool, of one table each. */
    private record Parts(OffsetDateTime since, List<String> tools) {
        SqlQuery failures() {
            return part(
                    "SELECT tool_id, count(*) AS failures FROM tool_failures WHERE ",
                    "tool_id",
                    "event_time >= ?",
                    since);
        }

        /** Of no time: what is open is open. */
        SqlQuery bugs() {
            return part("""
                    SELECT tool_id, count(*) FILTER (WHERE NOT resolved) AS open_bugs,
                           count(*) FILTER (WHERE NOT resolved AND severity = 'critical') AS open_critical_bugs,
                           max(event_time) AS last_seen
                    FROM tool_bugs WHERE\s""", "tool_id", "TRUE");
        }

        SqlQuery calls() {
            return part("""
                    SELECT context_id AS tool_id,
                           count(*) FILTER (WHERE lower(status) IN %1$s OR lower(status) IN %2$s) AS ended,
                           count(*) FILTER (WHERE lower(status) IN %1$s) AS succeeded,
                           percentile_disc(0.95) WITHIN GROUP (ORDER BY duration_ms)
                               FILTER (WHERE duration_ms >= 0 AND duration_ms < 'Infinity') AS p95
                    FROM tool_debug_data WHERE\s""".formatted(GOOD, BAD), "context_id", "event_time >= ?", since);
        }

        SqlQuery verdicts() {
            return part(
                    """
                    SELECT tool_id, count(*) AS verdicts, sum(metric_value)::float8 AS succeeded
                    FROM tool_performance WHERE\s""",
                    "tool_id",
                    "event_time >= ? AND metric_name = 'success' AND metric_value BETWEEN 0 AND 1",
                    since);
        }

        /** What is no time, or one that nobody waits for, is no measurement. */
        SqlQuery latency() {
            SqlQuery inside = new SqlQuery(
                    "SELECT tool_id, details ->> 'success' AS success, " + MILLIS
                            + " AS ms FROM tool_performance WHERE "
                            + (tools.isEmpty() ? "" : "tool_id = ANY(?) AND ")
                            + "event_time >= ? AND metric_name = ANY(?) AND metric_value BETWEEN 0 AND 1e15",
                    tools.isEmpty() ? List.of(since, LATENCIES) : List.of(tools, since, LATENCIES));
            return new SqlQuery("""
                    SELECT tool_id, count(*) AS measured, percentile_disc(0.95) WITHIN GROUP (ORDER BY ms) AS p95,
                           count(*) FILTER (WHERE success IN ('true', 'false')) AS told,
                           count(*) FILTER (WHERE success = 'true') AS succeeded
                    FROM (%s) AS measurements WHERE ms IS NOT NULL GROUP BY tool_id""".formatted(inside.sql()), inside.values());
        }

        private SqlQuery part(String select, String tool, String condition, Object... values) {
            List<Object> all = tools.isEmpty()
                    ? List.of(values)
                    : Stream.concat(Stream.of(tools), Stream.of(values)).toList();
            String sql = Stream.of(tools.isEmpty() ? "TRUE" : tool + " = ANY(?)", condition)
                    .collect(Collectors.joining(" AND ", select, " GROUP BY " + tool));
            return new SqlQuery(sql, all);
        }
    }
}
