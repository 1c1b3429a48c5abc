package dev.dise.query;

import java.sql.SQLException;
import java.util.List;

/** What the examples of the description find. */
final class ContractRows {
    private ContractRows() {}

    static void putInto(QueryStack stack) throws SQLException {
        stack.insert("tool_logs", """
                {"tool_id": "a", "log_level": "info", "message": "m", "run_id": "r1", "details": {"k": "7"}}""");
        stack.insert("tool_failures", """
                {"tool_id": "a", "scenario": "divide", "error_message": "by zero", "severity": "critical"}""");
        stack.insertEntity("tool_bugs", """
                {"bug_id": "BUG-7", "tool_id": "a", "severity": "high", "message": "boom"}""");
        stack.insertEntity("tool_bugs", """
                {"bug_id": "BUG-3", "tool_id": "a", "severity": "high", "message": "boom", "resolved": true,
                 "resolved_at": "2026-01-31T00:00:00Z", "details": {"resolution": {"note": "n", "by": "me"}}}""");
        stack.insert("conversations", """
                {"conversation_id": "c1", "role": "user", "content": "sort this"}""");
        stack.insertEntity("tool_evaluations", """
                {"artifact_id": "e1", "name": "speed", "content": "fast", "verdict": "pass", "overall_score": 0.75}""");
        stack.insertEntity("generated_tools", """
                {"tool_id": "t1", "tool_name": "Fast_Sorter", "tool_type": "llm"}""");
        stack.insert("tool_debug_data", """
                {"context_type": "node", "context_id": "n1", "status": "ok", "request": [1, 2], "duration_ms": 1.5}""");
        stack.insert("tool_performance", """
                {"tool_id": "z", "metric_name": "latency_ms", "metric_value": 9, "artifact_id": "p1"}""");
        stack.insert("tool_ancestry", """
                {"parent_tool_id": "z", "child_tool_id": "parse_json", "relationship_type": "derived_from"}""");
        stack.insertEntity("generated_tools", """
                {"tool_id": "parse_json", "tool_name": "Parser", "tool_type": "llm"}""");
        for (String code : List.of("a", "b")) {
            stack.insert("generated_tool_versions", """
                    {"tool_id": "parse_json", "tool_name": "Parser", "tool_code": "%s", "metadata": {"version": 1},
                     "set_fields": "tool_name,tool_code,metadata"}""".formatted(code));
        }
        stack.sql("GRANT USAGE ON SCHEMA dise TO dise_sql; GRANT SELECT ON ALL TABLES IN SCHEMA dise TO dise_sql;"
                + " REVOKE ALL ON dise.generations, dise.lettered FROM dise_sql");
    }
}
