package dev.dise.query.mcp;

import dev.dise.query.client.QueryClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The tools, and what each of them asks. What an agent reads of them is in {@code tools/<name>.json}. */
enum AgentTool {
    FIND_SIMILAR(
            args -> Call.get("/v1/artifacts/similar", Arguments.renamed(args.parameters(Usual.HITS), "query", "text"))),
    QUERY_LOGS(args -> Call.get("/v1/logs", Arguments.renamed(args.parameters(Usual.ROWS), "text", "q"))),
    QUERY_BUGS(args -> Call.get("/v1/bugs", Arguments.renamed(args.parameters(Usual.ROWS), "text", "q"))),
    GET_ANCESTRY(args -> Call.get("/v1/ancestry/" + segment(args, "tool_id"), args.parameters(0, "tool_id"))),
    PERFORMANCE(args -> Call.get("/v1/performance/aggregates", args.parameters(Usual.ROWS))),
    KNOWN_FIXES(args -> Call.get("/v1/known-fixes", args.parameters(Usual.HITS))),
    TRACE_EVENT(args -> Call.get("/v1/events/" + segment(args, "event_id") + "/trace", args.parameters(0, "event_id"))),
    STORE_ARTIFACT(args -> new Call("/v1/events", Map.of(), args.given()));

    private final Function<Arguments, Call> asking;

    /** How much is told where nothing is said of that: what an agent can read at once. */
    private static final class Usual {
        static final int ROWS = 20;
        static final int HITS = 10;
    }

    AgentTool(Function<Arguments, Call> asking) {
        this.asking = asking;
    }

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

    Call call(Arguments arguments) {
        return asking.apply(arguments);
    }

    private static String segment(Arguments arguments, String name) {
        return QueryClient.segment(arguments.text(name));
    }
}
