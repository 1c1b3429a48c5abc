package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.query.client.QueryClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows where a tool comes from and what came of it. */
@Command(
        name = "ancestry",
        mixinStandardHelpOptions = true,
        description = "Show where a tool comes from and what came of it.",
        footer = {"", "Example: ./dise ancestry parse_json_v3 --depth 5"})
final class AncestryCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "TOOL")
    private String tool = "";

    @Option(names = "--depth", defaultValue = "10", description = "steps at most (default: ${DEFAULT-VALUE})")
    private int depth;

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query()) {
            JsonNode answer = query.ancestry(tool, depth);
            if (output.isJson()) {
                output.json(answer);
                return ExitCodes.OK;
            }
            Table table = new Table("direction", "level", "parent", "child", "relationship");
            add(table, "came from", answer.path("parents"));
            add(table, "led to", answer.path("children"));
            if (table.isEmpty()) {
                output.out().println("no tool is related to " + tool);
            } else {
                output.table(table);
            }
            return ExitCodes.OK;
        }
    }

    private static void add(Table table, String direction, JsonNode edges) {
        edges.forEach(edge -> table.row(
                direction,
                edge.path("level").asLong(),
                edge.path("parent_tool_id").asString(""),
                edge.path("child_tool_id").asString(""),
                edge.path("relationship_type").asString("")));
    }
}
