package dev.dise.query.facts;

import dev.dise.query.Parameters;
import dev.dise.query.Problem;
import dev.dise.query.RefusedException;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All that is known of one tool, whoever told it. */
record ToolPage(ToolFacts facts) {
    private static final String REGISTRY = "registry";
    private static final String SOURCES = """
            SELECT EXISTS (SELECT FROM generated_tools WHERE tool_id = w.id) AS registry,
                   EXISTS (SELECT FROM tool_failures WHERE tool_id = w.id) AS failures,
                   EXISTS (SELECT FROM tool_bugs WHERE tool_id = w.id) AS bugs,
                   EXISTS (SELECT FROM tool_ancestry WHERE parent_tool_id = w.id OR child_tool_id = w.id) AS ancestry,
                   EXISTS (SELECT FROM tool_evaluations WHERE tool_id = w.id) AS evaluations,
                   EXISTS (SELECT FROM tool_performance WHERE tool_id = w.id) AS performance,
                   EXISTS (SELECT FROM tool_debug_data WHERE context_id = w.id) AS debug,
                   EXISTS (SELECT FROM tool_logs WHERE tool_id = w.id) AS logs
            FROM (SELECT ?::text AS id) AS w""";

    /**
     * The answer.
     *
     * @param tool its row of the registry; null if it has none
     * @param knownFrom where it is told of
     * @param onlyLogged whether nothing but lines of its log are known
     */
    record Tool(
            String toolId,
            boolean registered,
            @Nullable ObjectNode tool,
            List<String> knownFrom,
            boolean onlyLogged,
            @Nullable ObjectNode facts) {}

    Tool of(String toolId, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(List.of(ToolFacts.SINCE));
        OffsetDateTime since = facts.since(ToolFacts.SINCE, parameters);
        List<String> known = knownFrom(toolId);
        if (known.isEmpty()) {
            throw new RefusedException(Problem.notFound("nothing is known of such a tool"));
        }
        List<ObjectNode> row =
                facts.database().rows(SqlQuery.of("SELECT * FROM generated_tools WHERE tool_id = ?", toolId));
        Map<String, ObjectNode> figures = facts.of(List.of(toolId), since);
        return new Tool(
                toolId,
                known.contains(REGISTRY),
                row.isEmpty() ? null : row.getFirst(),
                known,
                known.equals(List.of("logs")),
                figures.get(toolId));
    }

    private List<String> knownFrom(String toolId) throws StoreUnavailableException {
        List<String> known = new ArrayList<>();
        facts.database().rows(SqlQuery.of(SOURCES, toolId)).getFirst().forEachEntry((name, found) -> {
            if (found.booleanValue()) {
                known.add(name);
            }
        });
        return known;
    }
}
