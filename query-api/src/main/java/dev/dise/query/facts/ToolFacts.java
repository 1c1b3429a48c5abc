package dev.dise.query.facts;

import dev.dise.query.Database;
import dev.dise.query.Moments;
import dev.dise.query.Parameters;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What PostgreSQL knows of tools: how often they ran and failed, how fast they are, what is open. */
record ToolFacts(Database database, Moments moments) {
    /** The parameter that says where the time begins that is looked at. */
    static final String SINCE = "facts_since";

    private static final Duration LOOK_BACK = Duration.ofDays(7);
    private static final int AT_ONCE = 500;

    /** Where the time begins that is looked at; seven days ago if nothing is said. */
    OffsetDateTime since(String name, Parameters parameters) {
        return parameters
                .one(name)
                .map(text -> moments.parse(name, text))
                .orElseGet(() -> moments.now().minus(LOOK_BACK));
    }

    /** The facts of each of the tools, in their order; a figure that is not known is not there. */
    Map<String, ObjectNode> of(Collection<String> toolIds, OffsetDateTime since) throws StoreUnavailableException {
        Map<String, ObjectNode> facts = new LinkedHashMap<>();
        List<String> all = List.copyOf(toolIds);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            Map<String, ObjectNode> found = new LinkedHashMap<>();
            some.forEach(tool -> found.put(tool, facts(tool)));
            for (ObjectNode row : database.rows(new FactsSql(since).of(some))) {
                found.put(row.get("tool_id").stringValue(), Rows.known(row));
            }
            facts.putAll(found);
        }
        return facts;
    }

    /** Names and types of those of the tools that are registered. */
    Map<String, ObjectNode> names(Collection<String> toolIds) throws StoreUnavailableException {
        Map<String, ObjectNode> names = new LinkedHashMap<>();
        if (!toolIds.isEmpty()) {
            List<String> all = new ArrayList<>(toolIds);
            String sql = "SELECT tool_id, tool_name, tool_type FROM generated_tools WHERE tool_id = ANY(?)";
            for (ObjectNode row : database.rows(SqlQuery.of(sql, all))) {
                names.put(row.get("tool_id").stringValue(), row);
            }
        }
        return names;
    }

    private static ObjectNode facts(String tool) {
        return JsonNodeFactory.instance.objectNode().put("tool_id", tool);
    }
}
