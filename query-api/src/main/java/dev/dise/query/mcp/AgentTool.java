package dev.dise.query.mcp;

import dev.dise.query.client.QueryClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tools, and what each of them asks. What an agent reads of them is in {@code tools/<name>.json}. */
enum AgentTool {
    FIND_SIMILAR,
    QUERY_LOGS,
    QUERY_BUGS,
    GET_ANCESTRY,
    PERFORMANCE,
    KNOWN_FIXES,
    TRACE_EVENT,
    STORE_ARTIFACT;

    /** How much is told where nothing is said of that: what an agent can read at once. */
    private static final int ROWS = 20;

    private static final int HITS = 10;
    private static final int NO_LIMIT = 0;

    /** All of them. */
    static List<AgentTool> all() {
        return Arrays.asList(values());
    }

    /** What it is called by. */
    String toolName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether calling it changes something. */
    boolean stores() {
        return this == STORE_ARTIFACT;
    }

    Call call(Arguments given) {
        return switch (this) {
            case FIND_SIMILAR ->
                get("/v1/artifacts/similar", Arguments.renamed(given.parameters(HITS), "query", "text"));
            case QUERY_LOGS -> get("/v1/logs", Arguments.renamed(given.parameters(ROWS), "text", "q"));
            case QUERY_BUGS -> get("/v1/bugs", Arguments.renamed(given.parameters(ROWS), "text", "q"));
            case GET_ANCESTRY ->
                get("/v1/ancestry/" + segment(given, "tool_id"), given.parameters(NO_LIMIT, "tool_id"));
            case PERFORMANCE -> get("/v1/performance/aggregates", given.parameters(ROWS));
            case KNOWN_FIXES -> get("/v1/known-fixes", given.parameters(HITS));
            case TRACE_EVENT ->
                get("/v1/events/" + segment(given, "event_id") + "/trace", given.parameters(NO_LIMIT, "event_id"));
            case STORE_ARTIFACT -> new Call("/v1/events", Map.of(), given.given());
        };
    }

    private static Call get(String path, Map<String, List<String>> parameters) {
        return Call.get(path, parameters);
    }

    private static String segment(Arguments given, String name) {
        return QueryClient.segment(given.text(name));
    }
}
