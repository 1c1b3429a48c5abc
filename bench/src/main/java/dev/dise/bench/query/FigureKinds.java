package dev.dise.bench.query;

import dev.dise.query.Moments;
import dev.dise.query.Parameters;
import dev.dise.query.SqlQuery;
import dev.dise.query.facts.FactsSql;
import dev.dise.query.facts.FailureGroups;
import dev.dise.query.facts.Figure;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Questions whose answers are made of many rows. */
final class FigureKinds {
    private static final String FIGURES =
            "count(*), trim_scale(avg(metric_value)), min(metric_value), max(metric_value),"
                    + " percentile_disc(0.5) WITHIN GROUP (ORDER BY metric_value),"
                    + " percentile_disc(0.95) WITHIN GROUP (ORDER BY metric_value)";
    private static final String MEASURED = " FROM tool_performance WHERE tool_id = ? AND metric_name = 'latency_ms'"
            + " AND event_time >= ? AND event_time < ?";
    private static final String FAMILY = """
            WITH RECURSIVE up AS (
                SELECT parent_tool_id, child_tool_id, relationship_type, details, 1 AS level
                FROM tool_ancestry WHERE child_tool_id = ?
                UNION
                SELECT a.parent_tool_id, a.child_tool_id, a.relationship_type, a.details, up.level + 1
                FROM up JOIN tool_ancestry AS a ON a.child_tool_id = up.parent_tool_id WHERE up.level < 10),
            down AS (
                SELECT parent_tool_id, child_tool_id, relationship_type, details, 1 AS level
                FROM tool_ancestry WHERE parent_tool_id = ?
                UNION
                SELECT a.parent_tool_id, a.child_tool_id, a.relationship_type, a.details, down.level + 1
                FROM down JOIN tool_ancestry AS a ON a.parent_tool_id = down.child_tool_id WHERE down.level < 10)
            """;
    private static final String EDGES = FAMILY + "SELECT * FROM up UNION ALL SELECT * FROM down";
    private static final String MEMBERS = FAMILY
            + "SELECT parent_tool_id, child_tool_id, relationship_type FROM up"
            + " UNION ALL SELECT child_tool_id, parent_tool_id, relationship_type FROM down";
    private static final String NAMES =
            "SELECT tool_id, tool_name, tool_type FROM generated_tools WHERE tool_id = ANY (?)";
    private static final List<String> COUNTED = List.of(
            "tool_logs",
            "tool_failures",
            "tool_bugs",
            "tool_debug_data",
            "tool_performance",
            "conversations",
            "tool_ancestry",
            "generated_tools",
            "performance_artifacts",
            "tool_evaluations");

    private final BareSql bare;
    private final BareVectors vectors;
    private final Scale scale;

    FigureKinds(BareSql bare, BareVectors vectors, Scale scale) {
        this.bare = bare;
        this.vectors = vectors;
        this.scale = scale;
    }

    List<Kind> all() {
        return List.of(groups(), aggregates(), series(), ancestry(), lineage(), ranking(), counts());
    }

    private Kind groups() {
        return new Kind(
                "failure_groups", number -> "/v1/failures/groups?limit=50&since=" + text(since(number)), number -> {
                    Parameters parameters =
                            new Parameters(Map.of("limit", List.of("50"), "since", List.of(text(since(number)))));
                    return bare.rows(FailureGroups.query(parameters, new Moments(Clock.systemUTC())));
                });
    }

    private Kind aggregates() {
        return new Kind(
                "performance_aggregates",
                number -> "/v1/performance/aggregates?metric_name=latency_ms&tool_id=" + tool(number) + span(number),
                number -> bare.rows(SqlQuery.of(
                        "SELECT tool_id, metric_name, " + FIGURES
                                + ", percentile_disc(0.99) WITHIN GROUP (ORDER BY metric_value)" + MEASURED
                                + " GROUP BY tool_id, metric_name ORDER BY tool_id, metric_name",
                        tool(number),
                        since(number),
                        scale.now())));
    }

    private Kind series() {
        return new Kind(
                "performance_series",
                number -> "/v1/performance/series?bucket=1h&metric_name=latency_ms&tool_id=" + tool(number)
                        + span(number),
                number -> bare.rows(SqlQuery.of(
                        "SELECT date_bin('1 hour', event_time, TIMESTAMPTZ 'epoch') AS bucket, " + FIGURES + MEASURED
                                + " GROUP BY bucket ORDER BY bucket",
                        tool(number),
                        since(number),
                        scale.now())));
    }

    private Kind ancestry() {
        return new Kind(
                "ancestry",
                number -> "/v1/ancestry/" + tool(number) + "?depth=10",
                number -> bare.rows(SqlQuery.of(EDGES, tool(number), tool(number))));
    }

    private Kind lineage() {
        return new Kind(
                "lineage",
                number -> "/v1/lineage/" + tool(number) + "?depth=10&facts_since=" + text(since(number)),
                number -> {
                    Set<String> members = bare.firstColumn(SqlQuery.of(MEMBERS, tool(number), tool(number)));
                    members.add(tool(number));
                    return withFacts(members, number);
                });
    }

    private Kind ranking() {
        return new Kind(
                "ranking", number -> "/v1/tools/ranking?by=failures&limit=20&since=" + text(since(number)), number -> {
                    SqlQuery worst = new FactsSql(since(number)).ranking(Figure.FAILURES, 20);
                    return withFacts(bare.firstColumn(worst), number);
                });
    }

    private int withFacts(Set<String> tools, int number) throws Exception {
        List<String> all = List.copyOf(tools);
        bare.rows(SqlQuery.of(NAMES, all));
        return bare.rows(new FactsSql(since(number)).of(all));
    }

    private Kind counts() {
        List<String> selects = new ArrayList<>();
        COUNTED.forEach(table -> selects.add("(SELECT count(*) FROM " + table + ")"));
        SqlQuery rows = SqlQuery.of("SELECT " + String.join(", ", selects));
        return new Kind("counts", number -> "/v1/counts", number -> {
            int answers = bare.rows(rows);
            for (String type : BulkPoints.TYPES) {
                vectors.count(type);
                answers++;
            }
            return answers;
        });
    }

    private String tool(int number) {
        return "tool-" + new SplittableRandom(91L * number).nextInt(scale.tools());
    }

    private OffsetDateTime since(int number) {
        return scale.now().minusDays(3 + number % 6);
    }

    private String span(int number) {
        return "&since=" + text(since(number)) + "&until=" + text(scale.now());
    }

    private static String text(OffsetDateTime time) {
        return EnvelopeHeaders.formatTime(time.toInstant());
    }
}
