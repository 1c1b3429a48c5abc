package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How PostgreSQL would answer a question: its plan with the values that the question has. */
record Plan(SqlQuery query, JsonNode root) {
    static final int LIMIT = 100;

    /** What the views of entities ask for beside; that is nearly every row. */
    private static final String NOT_DELETED = "(deleted_at IS NULL)";

    static Plan of(SqlQuery query, Database database) throws StoreUnavailableException {
        SqlQuery explain = new SqlQuery("EXPLAIN (FORMAT JSON) " + query.sql(), query.values());
        byte[] row = Json.encode(database.rows(explain).getFirst());
        return new Plan(query, Json.mapper().readTree(row).at("/QUERY PLAN/0/Plan"));
    }

    /** The tables and partitions that are read from one end to the other. */
    List<String> wholeTables() {
        List<String> tables = new ArrayList<>();
        collect(root, tables);
        return tables;
    }

    private static void collect(JsonNode node, List<String> tables) {
        if (node.path("Node Type").asString("").equals("Seq Scan") || isSeqScanInDisguise(node)) {
            tables.add(node.path("Relation Name").asString(""));
        }
        node.path("Plans").forEach(child -> collect(child, tables));
    }

    /** Goes through all in the order of time, and expects to find too little on the way to stop. */
    private static boolean isSeqScanInDisguise(JsonNode node) {
        String condition = node.path("Index Cond").asString("");
        return node.path("Node Type").asString("").equals("Index Scan")
                && !node.path("Filter").asString(NOT_DELETED).equals(NOT_DELETED)
                && condition.replaceAll("event_time [<>=]+ '[^']*'|AND", "").matches("[^a-z]*")
                && node.path("Plan Rows").asLong(0) < LIMIT;
    }

    @Override
    public String toString() {
        return query.sql() + "\n" + query.values() + "\n" + root.toPrettyString();
    }
}
