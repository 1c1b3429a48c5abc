package dev.dise.cli.facts;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.query.client.QueryClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows the family of a tool as a tree. */
@Command(
        name = "lineage",
        mixinStandardHelpOptions = true,
        description = {
            "Show where a tool comes from and what came of it, with what is known of each: runs, failures, open bugs, latency.",
            "",
            "A tool that has come up before is told again by its name only. Figures are of the last seven days, or --since."
        },
        footer = {"", "Example: ./dise lineage parse_json_v3 --depth 5 --since 30d"})
public final class LineageCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "TOOL")
    private String tool = "";

    @Option(names = "--depth", defaultValue = "10", description = "steps at most (default: ${DEFAULT-VALUE})")
    private int depth;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            defaultValue = "7d",
            description = "where the time begins that figures are of (default: ${DEFAULT-VALUE})")
    private String since = "7d";

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query()) {
            JsonNode answer = query.get(
                    "/v1/lineage/" + QueryClient.segment(tool),
                    Map.of("depth", List.of(Integer.toString(depth)), "facts_since", List.of(since)));
            if (output.isJson()) {
                output.json(answer);
            } else {
                new LineageTree(answer, output.out()).print();
            }
            return ExitCodes.OK;
        }
    }
}
