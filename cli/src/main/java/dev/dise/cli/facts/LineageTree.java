package dev.dise.cli.facts;

import dev.dise.cli.terminal.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A lineage as a person reads it: what the tool came from, then the tool and what came of it. */
final class LineageTree {
    private static final int DEEPEST = 60;

    private final JsonNode answer;
    private final PrintWriter out;
    private final Map<String, JsonNode> nodes = new HashMap<>();
    private final Map<String, List<String>> parents = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    LineageTree(JsonNode answer, PrintWriter out) {
        this.answer = answer;
        this.out = out;
        answer.path("nodes").forEach(node -> nodes.put(node.path("tool_id").asString(""), node));
        answer.path("edges").forEach(edge -> {
            String parent = edge.path("parent_tool_id").asString("");
            String child = edge.path("child_tool_id").asString("");
            add(parents, child, parent);
            add(children, parent, child);
        });
    }

    void print() {
        String tool = answer.path("tool_id").asString("");
        told.add(tool);
        if (parents.containsKey(tool)) {
            out.println("comes from");
            branches(tool, parents, "", 0);
            told.clear();
            told.add(tool);
        }
        out.println(described(tool));
        branches(tool, children, "", 0);
        JsonNode radius = answer.path("blast_radius");
        out.println("touched if it is bad: " + radius.path("tools").asLong(0) + " tools, "
                + radius.path("open_bugs").asLong(0) + " open bugs ("
                + radius.path("critical_bugs").asLong(0)
                + " critical), " + radius.path("failures").asLong(0) + " failures");
        if (answer.path("truncated").asBoolean(false)) {
            out.println("there are more than are shown; ask for fewer steps with --depth");
        }
    }

    private void branches(String tool, Map<String, List<String>> next, String indent, int depth) {
        List<String> all = next.getOrDefault(tool, List.of());
        for (int i = 0; i < all.size(); i++) {
            boolean isLast = i == all.size() - 1;
            String branch = all.get(i);
            boolean isNew = told.add(branch);
            out.println(indent + (isLast ? "└─ " : "├─ ") + (isNew ? described(branch) : shown(branch) + " ↑"));
            if (isNew && depth < DEEPEST) {
                branches(branch, next, indent + (isLast ? "   " : "│  "), depth + 1);
            }
        }
    }

    private String described(String tool) {
        JsonNode facts = nodes.containsKey(tool) ? nodes.get(tool).path("facts") : answer.path("none");
        List<String> figures = new ArrayList<>();
        if (facts.has("runs")) {
            figures.add(facts.path("runs").asLong() + " runs");
        }
        if (facts.has("success_rate")) {
            figures.add(Math.round(100 * facts.path("success_rate").asDouble()) + " % good");
        }
        if (facts.has("p95_latency_ms")) {
            figures.add("p95 " + Math.round(facts.path("p95_latency_ms").asDouble()) + " ms");
        }
        count(figures, facts, "failures", " failures");
        count(figures, facts, "open_bugs", " open bugs");
        count(figures, facts, "open_critical_bugs", " of them critical");
        return shown(tool) + (figures.isEmpty() ? "" : "   " + String.join(", ", figures));
    }

    private static void count(List<String> figures, JsonNode facts, String name, String words) {
        if (facts.path(name).asLong(0) > 0) {
            figures.add(facts.path(name).asLong() + words);
        }
    }

    private static String shown(String tool) {
        return Printable.text(tool);
    }

    private static void add(Map<String, List<String>> edges, String from, String to) {
        List<String> all = edges.computeIfAbsent(from, key -> new ArrayList<>());
        if (!all.contains(to)) {
            all.add(to);
        }
    }
}
