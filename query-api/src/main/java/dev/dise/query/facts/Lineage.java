package dev.dise.query.facts;

import dev.dise.query.AncestryQuery;
import dev.dise.query.Parameters;
import dev.dise.query.Way;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A tool's family with what is known of each member. Every tool is told once, at its shortest distance. */
record Lineage(AncestryQuery ancestry, ToolFacts facts) {
    /** The most tools that are told. */
    static final int MOST_NODES = 2_000;

    private static final List<String> NAMES = List.of("depth", Way.PARAMETER, ToolFacts.SINCE);

    /** Who came from whom. */
    record Edge(String parentToolId, String childToolId, String relationshipType) {}

    /** What is touched if the tool is bad: itself and what came of it. */
    record BlastRadius(int tools, long openBugs, long criticalBugs, long failures) {}

    /**
     * The answer.
     *
     * @param nodes ancestors have negative levels, the tool has 0, what came of it positive ones; the nearest first
     * @param truncated whether there are more edges or tools than are told
     */
    record Family(
            String toolId, List<ObjectNode> nodes, List<Edge> edges, BlastRadius blastRadius, boolean truncated) {}

    Family of(String toolId, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(NAMES);
        int depth = parameters.number("depth", 10, 1, 100);
        AncestryQuery.Family family = ancestry.family(toolId, depth, Way.asked(parameters));
        Map<String, Integer> levels = new LinkedHashMap<>(Map.of(toolId, 0));
        Set<Edge> edges = new LinkedHashSet<>();
        boolean cut = add(family.parents(), -1, levels, edges);
        cut |= add(family.children(), 1, levels, edges);
        List<ObjectNode> nodes = nodes(levels, facts.of(levels.keySet(), facts.since(ToolFacts.SINCE, parameters)));
        List<Edge> told = edges.stream()
                .filter(edge -> levels.containsKey(edge.parentToolId()) && levels.containsKey(edge.childToolId()))
                .toList();
        return new Family(toolId, nodes, told, blastRadius(below(toolId, family), nodes), cut || family.truncated());
    }

    /** Takes up the edges of one direction, nearest first; whether there are too many tools. */
    private static boolean add(List<ObjectNode> rows, int sign, Map<String, Integer> levels, Set<Edge> edges) {
        boolean cut = false;
        for (ObjectNode row : rows) {
            Edge edge = new Edge(
                    row.get("parent_tool_id").stringValue(),
                    row.get("child_tool_id").stringValue(),
                    row.get("relationship_type").stringValue());
            edges.add(edge);
            String reached = sign < 0 ? edge.parentToolId() : edge.childToolId();
            if (levels.size() < MOST_NODES || levels.containsKey(reached)) {
                int level = sign * row.get("level").intValue();
                levels.merge(reached, level, (one, other) -> Math.abs(other) < Math.abs(one) ? other : one);
            } else {
                cut = true;
            }
        }
        return cut;
    }

    private List<ObjectNode> nodes(Map<String, Integer> levels, Map<String, ObjectNode> known)
            throws StoreUnavailableException {
        Map<String, ObjectNode> names = facts.names(levels.keySet());
        List<ObjectNode> nodes = new ArrayList<>();
        levels.forEach((tool, level) -> {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("tool_id", tool);
            ObjectNode name = names.get(tool);
            if (name != null) {
                node.set("name", name.get("tool_name"));
            }
            node.put("level", level);
            node.set("facts", known.get(tool));
            nodes.add(Rows.known(node));
        });
        return nodes;
    }

    /** In a cycle an ancestor may be nearer as such, and yet have come of the tool. */
    private static Set<String> below(String toolId, AncestryQuery.Family family) {
        Set<String> below = new HashSet<>(Set.of(toolId));
        family.children().forEach(row -> below.add(row.get("child_tool_id").stringValue()));
        return below;
    }

    private static BlastRadius blastRadius(Set<String> below, List<ObjectNode> nodes) {
        int tools = 0;
        long[] sums = new long[3];
        for (ObjectNode node : nodes) {
            if (below.contains(node.get("tool_id").stringValue())) {
                tools++;
                sums[0] += node.at("/facts/open_bugs").asLong(0);
                sums[1] += node.at("/facts/open_critical_bugs").asLong(0);
                sums[2] += node.at("/facts/failures").asLong(0);
            }
        }
        return new BlastRadius(tools, sums[0], sums[1], sums[2]);
    }
}
