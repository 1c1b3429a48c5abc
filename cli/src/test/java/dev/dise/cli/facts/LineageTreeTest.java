package dev.dise.cli.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LineageTreeTest {
    @Test
    void eachToolIsToldOnceWithItsFiguresWhateverCyclesThereAre() {
        StringWriter printed = new StringWriter();
        new LineageTree(Json.mapper().readTree("""
                {"tool_id": "t", "truncated": false,
                 "nodes": [{"tool_id": "t", "level": 0,
                            "facts": {"runs": 10, "success_rate": 0.9, "p95_latency_ms": 120.4, "failures": 2}},
                           {"tool_id": "root", "level": -1, "facts": {"failures": 0}},
                           {"tool_id": "a", "level": 1, "facts": {"open_bugs": 2, "open_critical_bugs": 1}},
                           {"tool_id": "b\\u001b[2J", "level": 1}],
                 "edges": [{"parent_tool_id": "root", "child_tool_id": "t", "relationship_type": "x"},
                           {"parent_tool_id": "t", "child_tool_id": "a", "relationship_type": "x"},
                           {"parent_tool_id": "t", "child_tool_id": "a", "relationship_type": "y"},
                           {"parent_tool_id": "t", "child_tool_id": "b\\u001b[2J", "relationship_type": "x"},
                           {"parent_tool_id": "a", "child_tool_id": "t", "relationship_type": "x"}],
                 "blast_radius": {"tools": 3, "open_bugs": 2, "critical_bugs": 1, "failures": 2}}
                """), new PrintWriter(printed, true)).print();
        assertThat(printed.toString().lines())
                .containsExactly(
                        "comes from",
                        "├─ root",
                        "└─ a   2 open bugs, 1 of them critical",
                        "   └─ t ↑",
                        "t   10 runs, 90 % good, p95 120 ms, 2 failures",
                        "├─ a   2 open bugs, 1 of them critical",
                        "│  └─ t ↑",
                        "└─ b\\x1b[2J",
                        "touched if it is bad: 3 tools, 2 open bugs (1 critical), 2 failures");
    }
}
