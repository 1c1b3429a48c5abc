package dev.dise.query.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import tools.jackson.databind.json.JsonMapper;

/** What a server says of itself, whatever it is reached by. */
final class ServerText {
    static final Implementation SERVER =
            Implementation.builder("dise", "0.1.0").title("DiSE event line").build();
    static final ServerCapabilities CAPABILITIES =
            ServerCapabilities.builder().tools(false).resources(false, false).build();
    static final String INSTRUCTIONS = """
            What LLM-driven tools have left behind: logs, failures, bugs, performance figures, ancestry, and artifacts \
            (tools, functions, code fixes, plans, prompts) that are found by meaning.
            Before you write something, look with find_similar whether it is there. When something fails, look with \
            known_fixes first, then with query_logs and query_bugs. When you have mended something, store a code_fix with \
            store_artifact. Answers are cut to what can be read at once and say so; times are RFC 3339 in UTC or how long \
            ago, as 30m, 12h, 7d.""";
    /** Of one server and its clients: any number of readers. */
    static final McpJsonMapper JSON =
            new JacksonMcpJsonMapper(JsonMapper.builder().build());

    private ServerText() {}
}
