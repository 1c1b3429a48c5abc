package dev.dise.query.facts;

import dev.dise.query.Condition;
import dev.dise.query.Database;
import dev.dise.query.Filter;
import dev.dise.query.Moments;
import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import dev.dise.query.Resource;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Failures, or bugs, folded by their fingerprint. What was seen in the time is counted; which bugs are open or resolved is
 * told of all bugs of the fingerprint, whenever they came and in whichever table they are counted.
 */
public record FailureGroups(Database database, Moments moments) {
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    /** What is folded: a table, what may be asked of it, and how its rows are read. */
    private record Kind(String name, Resource resource, String times, String sample) {
        static final Kind FAILURE = new Kind(
                "failure",
                Resource.of(
                        "/v1/failures/groups",
                        "tool_failures",
                        Filter.text("tool_id"),
                        Filter.of("severity", Filter.Kind.SEVERITY),
                        Filter.of("fingerprint", Filter.Kind.FINGERPRINT),
                        Filter.words("error_message", "stack_trace", "scenario")),
                "min(event_time) AS first, max(event_time) AS last",
                """
                SELECT failure_type AS reported, error_message AS said, stack_trace, event_id, NULL AS bug_id
                FROM tool_failures WHERE fingerprint = f.fingerprint AND event_time = f.last_seen
                ORDER BY event_id LIMIT 1""");
        static final Kind BUG = new Kind(
                "bug",
                Resource.of(
                        "/v1/failures/groups",
                        "tool_bugs",
                        Filter.text("tool_id"),
                        Filter.of("severity", Filter.Kind.SEVERITY),
                        Filter.of("fingerprint", Filter.Kind.FINGERPRINT),
                        Filter.words("message", "stack_trace")),
                "min(first_seen) AS first, max(reported_at) AS last",
                """
                SELECT coalesce(details ->> 'failure_type', details ->> 'exception_type') AS reported, message AS said,
                       stack_trace, event_id, bug_id
                FROM tool_bugs WHERE fingerprint = f.fingerprint ORDER BY reported_at DESC, bug_id LIMIT 1""");
    }

    /**
     * The answer.
     *
     * @param since the first moment that it looks at
     */
    record Groups(List<ObjectNode> items, int count, String since) {}

    Groups of(Parameters parameters) throws StoreUnavailableException {
        Kind kind = kind(parameters);
        List<String> names = new ArrayList<>(kind.resource.filterNames());
        names.addAll(List.of("limit", "kind", "by"));
        parameters.requireOnly(names);
        Moments same = moments.standingStill();
        OffsetDateTime since = since(parameters, same);
        List<ObjectNode> items = Rows.known(database.rows(query(kind, parameters, same, since)));
        return new Groups(items, items.size(), EnvelopeHeaders.formatTime(since.toInstant()));
    }

    /** The statement of a question. */
    public static SqlQuery query(Parameters parameters, Moments moments) {
        return query(kind(parameters), parameters, moments, since(parameters, moments));
    }

    private static SqlQuery query(Kind kind, Parameters parameters, Moments moments, OffsetDateTime since) {
        List<Condition> conditions = new ArrayList<>(kind.resource.conditions(parameters, moments));
        conditions.add(new Condition("event_time >= ?", List.of(since)));
        List<Object> values = new ArrayList<>(conditions.stream()
                .flatMap(condition -> condition.values().stream())
                .toList());
        values.add(parameters.number("limit", 50, 1, 1000));
        String order = order(parameters);
        return new SqlQuery(
                """
            WITH seen AS MATERIALIZED (
                SELECT fingerprint, tool_id, count(*) AS n, %1$s FROM %2$s WHERE %3$s GROUP BY fingerprint, tool_id),
            folded AS MATERIALIZED (
                SELECT fingerprint, sum(n)::bigint AS count, min(first) AS first_seen, max(last) AS last_seen,
                       count(tool_id) AS tool_count
                FROM seen GROUP BY fingerprint ORDER BY %4$s LIMIT ?),
            named AS (
                SELECT fingerprint, jsonb_agg(tool_id ORDER BY nth) AS tools FROM (
                    SELECT fingerprint, tool_id,
                           row_number() OVER (PARTITION BY fingerprint ORDER BY n DESC, tool_id) AS nth
                    FROM seen JOIN folded USING (fingerprint)) AS ranked
                WHERE nth <= 20 GROUP BY fingerprint)
            SELECT f.fingerprint, '%5$s' AS kind, dise.error_type(s.reported, s.said, s.stack_trace) AS type,
                   left(s.said, 1000) AS message, f.count, f.first_seen, f.last_seen, n.tools, f.tool_count,
                   b.open, b.resolved, coalesce(f.last_seen > b.resolved_at, FALSE) AS regressed, b.resolved_at,
                   s.event_id AS sample_event_id, s.bug_id AS sample_bug_id
            FROM folded AS f
            LEFT JOIN named AS n USING (fingerprint)
            LEFT JOIN LATERAL (%6$s) AS s ON TRUE
            LEFT JOIN LATERAL (
                SELECT count(*) FILTER (WHERE NOT resolved) AS open, count(*) FILTER (WHERE resolved) AS resolved,
                       max(coalesce(resolved_at, CASE WHEN resolved THEN event_time END)) AS resolved_at
                FROM tool_bugs WHERE fingerprint = f.fingerprint) AS b ON TRUE
            ORDER BY %4$s
            """.formatted(
                                kind.times,
                                kind.resource.view(),
                                conditions.stream().map(Condition::sql).collect(Collectors.joining(" AND ")),
                                order,
                                kind.name,
                                kind.sample),
                values);
    }

    private static OffsetDateTime since(Parameters parameters, Moments moments) {
        return parameters
                .one("since")
                .map(text -> moments.parse("since", text))
                .orElseGet(() -> moments.now().minus(LOOK_BACK));
    }

    private static Kind kind(Parameters parameters) {
        return switch (parameters.one("kind").orElse("failure")) {
            case "failure" -> Kind.FAILURE;
            case "bug" -> Kind.BUG;
            default -> throw RefusedException.badValue("kind", "must be failure or bug");
        };
    }

    private static String order(Parameters parameters) {
        return switch (parameters.one("by").orElse("last_seen")) {
            case "last_seen" -> "last_seen DESC, fingerprint";
            case "count" -> "count DESC, last_seen DESC, fingerprint";
            default -> throw RefusedException.badValue("by", "must be last_seen or count");
        };
    }
}
