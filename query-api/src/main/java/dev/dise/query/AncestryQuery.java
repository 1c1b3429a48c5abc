package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final List<String> NAMES = List.of("depth", Way.PARAMETER);

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
        return family(toolId, parameters.number("depth", 10, 1, 100), Way.asked(parameters));
    }

    /**
     * The same by what was asked. Most families are small and are told by one statement; a direction that is large, or full
     * of cycles, takes one for each level.
     */
    public Family family(String toolId, int depth, List<Way> ways) throws StoreUnavailableException {
        Map<String, List<ObjectNode>> near = database.rows(nearest(ways, toolId, depth)).stream()
                .collect(Collectors.groupingBy(edge -> edge.remove("way").stringValue()));
        List<ObjectNode> parents = whole(Way.PARENTS, near, toolId, depth);
        List<ObjectNode> children = whole(Way.CHILDREN, near, toolId, depth);
        boolean truncated = parents.size() >= MOST_EDGES || children.size() >= MOST_EDGES;
        return new Family(toolId, parents, children, parents.size() + children.size(), truncated);
    }

    /** The next edges that way of these tools. One that was reported more than once is told as it was last. */
    static SqlQuery edges(Way way, Set<String> tools, int most) {
        return SqlQuery.of("""
                SELECT DISTINCT ON (parent_tool_id, child_tool_id, relationship_type)
                       parent_tool_id, child_tool_id, relationship_type, details
                FROM tool_ancestry WHERE %s = ANY(?)
                ORDER BY parent_tool_id, child_tool_id, relationship_type, event_time DESC, event_id DESC
                LIMIT ?""".formatted(way.from()), List.copyOf(tools), most);
    }

    /**
     * The same edges as level by level, in one statement; each says which way it is, and how many steps that way took. Where
     * that is the most there may be further ones.
     */
    static SqlQuery nearest(List<Way> ways, String toolId, int depth) {
        String all = ways.stream().map(AncestryQuery::nearest).collect(Collectors.joining(" UNION ALL "));
        List<Object> values = new ArrayList<>();
        ways.forEach(way -> values.addAll(List.of(toolId, depth)));
        return new SqlQuery(
                "SELECT * FROM (" + all + ") AS near"
                        + " ORDER BY way, level, parent_tool_id, child_tool_id, relationship_type",
                values);
    }

    private static String nearest(Way way) {
        return """
                (WITH RECURSIVE reached (tool_id, level) AS (
                    SELECT ?::text, 1
                    UNION
                    SELECT a.%2$s, r.level + 1
                    FROM reached AS r JOIN tool_ancestry AS a ON a.%1$s = r.tool_id WHERE r.level < ?),
                steps AS MATERIALIZED (SELECT tool_id, level FROM reached LIMIT %3$d),
                tools AS (SELECT tool_id, min(level) AS level FROM steps GROUP BY tool_id)
                SELECT DISTINCT ON (t.level, a.parent_tool_id, a.child_tool_id, a.relationship_type)
                       '%4$s' AS way, (SELECT count(*) FROM steps) AS steps,
                       a.parent_tool_id, a.child_tool_id, a.relationship_type, a.details, t.level
                FROM tools AS t JOIN tool_ancestry AS a ON a.%1$s = t.tool_id
                ORDER BY t.level, a.parent_tool_id, a.child_tool_id, a.relationship_type,
                         a.event_time DESC, a.event_id DESC
                LIMIT %3$d)""".formatted(way.from(), way.next(), MOST_STEPS, way.word());
    }

    /** All edges of one direction, from those that were found near. */
    private List<ObjectNode> whole(Way way, Map<String, List<ObjectNode>> near, String toolId, int depth)
            throws StoreUnavailableException {
        List<ObjectNode> edges = near.getOrDefault(way.word(), List.of());
        long steps = edges.isEmpty() ? 0 : edges.getFirst().get("steps").longValue();
        if (steps == MOST_STEPS || edges.size() == MOST_STEPS) {
            return byLevels(way, toolId, depth);
        }
        edges.forEach(edge -> edge.remove("steps"));
        return edges;
    }

    private List<ObjectNode> byLevels(Way way, String toolId, int depth) throws StoreUnavailableException {
        List<ObjectNode> edges = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(toolId));
        Set<String> frontier = Set.of(toolId);
        for (int level = 1; level <= depth && !frontier.isEmpty() && edges.size() < MOST_EDGES; level++) {
            SqlQuery query = edges(way, frontier, MOST_EDGES - edges.size());
            Set<String> reached = new LinkedHashSet<>();
            for (ObjectNode edge : database.rows(query)) {
                edges.add(edge.put("level", level));
                reached.add(edge.get(way.next()).stringValue());
            }
            reached.removeAll(seen);
            seen.addAll(reached);
            frontier = reached;
        }
        return edges;
    }
}
