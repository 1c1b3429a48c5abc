package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How much of each type is stored where; what the sinks are compared with. */
record Counts(Database database, Artifacts artifacts) {
    /** Which rows are events of a type; artifacts of other types are in one view with their type. */
    private static final Map<String, String> ROWS = rows();

    /** Rows and points by event type. */
    record Answer(Map<String, Long> postgres, Map<String, Long> qdrant) {}

    Answer of(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(List.of(ArtifactJson.RUN_ID));
        String runId = parameters.one(ArtifactJson.RUN_ID).orElse(null);
        return new Answer(inPostgreSql(runId), artifacts.counts(runId));
    }

    /** One statement counts all, so that the numbers belong together. */
    Map<String, Long> inPostgreSql(@Nullable String runId) throws StoreUnavailableException {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        String ofRun = runId == null ? "" : " AND run_id = ?";
        ROWS.forEach(
                (type, rows) -> parts.add("SELECT '" + type + "' AS type, count(*) AS count FROM " + rows + ofRun));
        parts.add("SELECT artifact_type, count(*) FROM artifacts WHERE TRUE" + ofRun + " GROUP BY artifact_type");
        if (runId != null) {
            parts.forEach(part -> values.add(runId));
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        for (ObjectNode row : database.rows(new SqlQuery(String.join(" UNION ALL ", parts), values))) {
            counts.put(row.get("type").stringValue(), row.get("count").longValue());
        }
        return counts;
    }

    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("log", "tool_logs WHERE TRUE");
        rows.put("failure", "tool_failures WHERE TRUE");
        rows.put("bug_report", "tool_bugs WHERE TRUE");
        rows.put("debug_data", "tool_debug_data WHERE TRUE");
        rows.put("perf_data", "tool_performance WHERE artifact_id IS NULL");
        rows.put("conversation", "conversations WHERE TRUE");
        rows.put("ancestry", "tool_ancestry WHERE TRUE");
        rows.put("generated_tool", "generated_tools WHERE TRUE");
        rows.put("performance", "performance_artifacts WHERE TRUE");
        rows.put("evaluation", "tool_evaluations WHERE TRUE");
        return rows;
    }
}
