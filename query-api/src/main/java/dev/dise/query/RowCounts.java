package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many rows PostgreSQL has of each type. Of a run every row is counted. Of everything too, except where the planner
 * expects more than a million rows: counting would read them all, so its estimate is the answer, and is told as one.
 */
record RowCounts(Database database) {
    static final long MOST_COUNTED = 1_000_000;

    private static final List<Rows> ALL = List.of(
            new Rows("log", "tool_logs WHERE TRUE"),
            new Rows("failure", "tool_failures WHERE TRUE"),
            new Rows("bug_report", "tool_bugs WHERE TRUE"),
            new Rows("debug_data", "tool_debug_data WHERE TRUE"),
            new Rows("perf_data", "tool_performance WHERE artifact_id IS NULL"),
            new Rows("conversation", "conversations WHERE TRUE"),
            new Rows("ancestry", "tool_ancestry WHERE TRUE"),
            new Rows("generated_tool", "generated_tools WHERE TRUE"),
            new Rows("performance", "performance_artifacts WHERE TRUE"),
            new Rows("evaluation", "tool_evaluations WHERE TRUE"),
            new Rows(Rows.ARTIFACTS, "artifacts WHERE TRUE"));

    private static final Pattern EXPECTED_ROWS = Pattern.compile("rows=(\\d+)");

    /** Rows by event type, and the types of which they are estimated. */
    record Answer(Map<String, Long> rows, List<String> estimated) {}

    /** Which rows are events of a type; artifacts of all types that have no view of their own are in one. */
    record Rows(String type, String from) {
        private static final String ARTIFACTS = "artifacts";

        SqlQuery count(@Nullable String runId) {
            String label = type.equals(ARTIFACTS) ? "artifact_type" : "'" + type + "'";
            SqlQuery all = SqlQuery.of("SELECT " + label + " AS type, count(*) AS count FROM " + from);
            SqlQuery counted = runId == null ? all : all.then("AND run_id = ?", runId);
            return type.equals(ARTIFACTS) ? counted.then("GROUP BY artifact_type") : counted;
        }

        SqlQuery estimate() {
            return SqlQuery.of("EXPLAIN SELECT FROM " + from);
        }
    }

    /** Asks for each type alone: one statement for all would lock every partition of every table at once. */
    Answer of(@Nullable String runId) throws StoreUnavailableException {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> estimated = new ArrayList<>();
        for (Rows rows : ALL) {
            long expected = runId == null ? expected(rows) : 0;
            if (expected > MOST_COUNTED) {
                counts.put(rows.type(), expected);
                estimated.add(rows.type());
            } else {
                for (ObjectNode row : database.rows(rows.count(runId))) {
                    counts.put(row.get("type").stringValue(), row.get("count").longValue());
                }
            }
        }
        return new Answer(counts, estimated);
    }

    /** The statements that count the rows of a run. */
    static List<SqlQuery> queries(String runId) {
        return ALL.stream().map(rows -> rows.count(runId)).toList();
    }

    /** By the planner's statistics and the size that the files have now; its first line is about the whole. */
    private long expected(Rows rows) throws StoreUnavailableException {
        String line =
                database.rows(rows.estimate()).getFirst().get("QUERY PLAN").stringValue();
        Matcher matcher = EXPECTED_ROWS.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
