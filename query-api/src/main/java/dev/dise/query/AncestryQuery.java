package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a tool comes from and what came of it: breadth first, level by level. A tool is expanded once, so that every edge is
 * told once, at its shortest distance, and cycles end by themselves.
 */
public record AncestryQuery(Database database) {
    /** The most edges of one direction; an answer with fewer is whole. */
    static final int MOST_EDGES = 10_000;

    /** The most steps, and edges, of one statement. */
    static final int MOST_STEPS = 1_000;

    private static final List<String> NAMES = List.of("depth", "direction");

    static final String PARENT = "parent_tool_id";
    static final String CHILD = "child_tool_id";

    /**
     * The family of a tool.
     *
     * @param count edges in both lists
     * @param truncated whether a direction was cut at the most edges that are told
     */
    public record Family(
            String toolId, List<ObjectNode> parents, List<ObjectNode> children, int count, boolean truncated) {}

    Family of(String toolId, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(NAMES);
        int depth = parameters.number("depth", 10, 1, 100);
        String direction = parameters.one("direction").orElse("both");
        if (!List.of("both", "parents", "children").contains(direction)) {
            throw RefusedException.badValue("direction", "must be one of both, parents, children");
        }
        return family(toolId, depth, direction);
    }

    /** The same by what was asked. */
    public Family family(String toolId, int depth, String direction) throws StoreUnavailableException {
        List<ObjectNode> parents = direction.equals("children") ? List.of() : walk(toolId, depth, CHILD, PARENT);
        List<ObjectNode> children = direction.equals("parents") ? List.of() : walk(toolId, depth, PARENT, CHILD);
        boolean truncated = parents.size() >= MOST_EDGES || children.size() >= MOST_EDGES;
        return new Family(toolId, parents, children, parents.size() + children.size(), truncated);
    }

    /** The edges that have one of the tools at that end. One that was reported more than once is told as it was last. */
    static SqlQuery edges(String end, Set<String> tools, int most) {
        return SqlQuery.of("""
                SELECT DISTINCT ON (parent_tool_id, child_tool_id, relationship_type)
                       parent_tool_id, child_tool_id, relationship_type, details
                FROM tool_ancestry WHERE %s = ANY(?)
                ORDER BY parent_tool_id, child_tool_id, relationship_type, event_time DESC, event_id DESC
                LIMIT ?""".formatted(end), List.copyOf(tools), most);
    }

    /**
     * The same edges as level by level, in one statement; it begins with how many steps were taken. Where that is the most
     * there may be further ones.
     */
    static SqlQuery nearest(String from, String next, String toolId, int depth) {
        return SqlQuery.of("""
                WITH RECURSIVE reached (tool_id, level) AS (
                    SELECT ?::text, 1
                    UNION
                    SELECT a.%2$s, r.level + 1
                    FROM reached AS r JOIN tool_ancestry AS a ON a.%1$s = r.tool_id WHERE r.level < ?),
                steps AS MATERIALIZED (SELECT tool_id, level FROM reached LIMIT %3$d),
                tools AS (SELECT tool_id, min(level) AS level FROM steps GROUP BY tool_id)
                SELECT DISTINCT ON (t.level, a.parent_tool_id, a.child_tool_id, a.relationship_type)
                       (SELECT count(*) FROM steps) AS steps,
                       a.parent_tool_id, a.child_tool_id, a.relationship_type, a.details, t.level
                FROM tools AS t JOIN tool_ancestry AS a ON a.%1$s = t.tool_id
                ORDER BY t.level, a.parent_tool_id, a.child_tool_id, a.relationship_type,
                         a.event_time DESC, a.event_id DESC
                LIMIT %3$d""".formatted(from, next, MOST_STEPS), toolId, depth);
    }

    /** Most families are small and are told by one statement; a large one, or one full of cycles, takes one for each level. */
    private List<ObjectNode> walk(String toolId, int depth, String from, String next) throws StoreUnavailableException {
        List<ObjectNode> edges = database.rows(nearest(from, next, toolId, depth));
        long steps = edges.isEmpty() ? 0 : edges.getFirst().get("steps").longValue();
        if (steps == MOST_STEPS || edges.size() == MOST_STEPS) {
            return byLevels(toolId, depth, from, next);
        }
        edges.forEach(edge -> edge.remove("steps"));
        return edges;
    }

    private List<ObjectNode> byLevels(String toolId, int depth, String from, String next)
            throws StoreUnavailableException {
        List<ObjectNode> edges = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(toolId));
        Set<String> frontier = Set.of(toolId);
        for (int level = 1; level <= depth && !frontier.isEmpty() && edges.size() < MOST_EDGES; level++) {
            SqlQuery query = edges(from, frontier, MOST_EDGES - edges.size());
            Set<String> reached = new LinkedHashSet<>();
            for (ObjectNode edge : database.rows(query)) {
                edges.add(edge.put("level", level));
                reached.add(edge.get(next).stringValue());
            }
            reached.removeAll(seen);
            seen.addAll(reached);
            frontier = reached;
        }
        return edges;
    }
}
