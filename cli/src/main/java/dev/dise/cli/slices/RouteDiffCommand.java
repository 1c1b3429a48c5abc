package dev.dise.cli.slices;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.operations.routing.RouteReport;
import dev.dise.runtime.config.DiseConfig;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Counts what a change of the storage rules would move. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Run past events through the old and the new rules and show what would move. Changes nothing.",
        footer = {
            "",
            "The old rules are those of --config. Rows and embeddings are counted by events, so they are the most there",
            "can be: several events may be of one artifact.",
            "",
            "Example: ./dise route diff new-config.yaml --since 24h --output json"
        })
final class RouteDiffCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private RouteOptions route = new RouteOptions();

    @Override
    public Integer call() {
        DiseConfig then = route.newConfig();
        Instant since = route.since();
        try (StackLink.Connection connection = link.open()) {
            RouteReport report =
                    RouteOptions.change(connection.reached(), then).diff(since, new ShownProgress(output.progress()));
            RouteOptions.show(report, output);
            return ExitCodes.OK;
        }
    }
}
