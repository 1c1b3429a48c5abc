package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What emitters have lost and later told of, by reason. A report is a log line of the tool {@value #TOOL_ID} with {@code
 * details.dropped}; the newest {@value #MOST_REPORTS} are summed up, since an emitter sends at most one in ten seconds.
 */
record Losses(Database database) {
    /** The tool id of reports, the same in emitters of all languages. */
    static final String TOOL_ID = "dise.emitter";

    private static final int MOST_REPORTS = 50_000;
    private static final int MOST_REASONS = 100;

    /**
     * For each reason how many events, and the times of the first and the last report of it; the most first. Anybody may emit
     * a line of that tool, so what is no count is passed over.
     *
     * @param runId those of one run; null for all
     */
    List<ObjectNode> of(@Nullable String runId) throws StoreUnavailableException {
        return database.rows(query(runId));
    }

    static SqlQuery query(@Nullable String runId) {
        SqlQuery all = SqlQuery.of("FROM tool_logs WHERE tool_id = ?", TOOL_ID);
        SqlQuery reports = (runId == null ? all : all.then("AND run_id = ?", runId))
                .select("event_time, details -> 'dropped' AS dropped")
                .then("ORDER BY event_time DESC LIMIT ?", MOST_REPORTS);
        return new SqlQuery("""
                SELECT left(reason, 100) AS reason, sum(count::text::numeric) AS events,
                       min(event_time) AS first_time, max(event_time) AS last_time
                FROM (%s) AS reports
                CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(dropped) WHEN 'object' THEN dropped ELSE '{}' END)
                     AS losses (reason, count)
                WHERE CASE jsonb_typeof(count) WHEN 'number' THEN count::text::numeric > 0 ELSE FALSE END
                GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %d""".formatted(reports.sql(), MOST_REASONS), reports.values());
    }
}
