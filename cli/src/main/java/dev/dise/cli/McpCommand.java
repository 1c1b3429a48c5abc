package dev.dise.cli;

import dev.dise.query.mcp.McpStdio;
import dev.dise.query.mcp.RemoteQuestions;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves an agent. */
@Command(
        name = "mcp",
        mixinStandardHelpOptions = true,
        description = {
            "Serve an agent the tools of the line over the Model Context Protocol, on standard input and output.",
            "",
            "An agent's program starts this by itself; see docs/agents.md for what to tell it. It asks the query service,",
            "with the key of DISE_API_KEY where one is needed, and ends with its input. Agents that speak HTTP need no",
            "command: the query service has the same tools at /mcp."
        },
        footer = {
            "",
            "Examples:",
            "  claude mcp add dise -- /path/to/dise mcp",
            "  ./dise mcp --query-url http://query.example:8081"
        })
final class McpCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Override
    public Integer call() {
        PrintStream out = System.out;
        // Whatever else might print, in this process the output belongs to the protocol.
        System.setOut(System.err);
        try (StackLink.Connection connection = link.open();
                var query = connection.query()) {
            McpStdio.serve(new RemoteQuestions(query), System.in, out);
            return ExitCodes.OK;
        } finally {
            System.setOut(out);
        }
    }
}
