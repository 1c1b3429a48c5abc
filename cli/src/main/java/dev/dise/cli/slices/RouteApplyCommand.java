package dev.dise.cli.slices;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.operations.routing.RouteChange;
import dev.dise.operations.routing.RouteReport;
import dev.dise.runtime.config.DiseConfig;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends past events where new storage rules send them. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Send past events to the topics that the new rules add. What is stored already stays as it is.",
        footer = {
            "",
            "The services take the new config at their next start: start the router with it first, then run this, so that",
            "nothing falls between. Killed, it goes on when the same command is given again.",
            "",
            "Example: ./dise route apply new-config.yaml --since 24h"
        })
final class RouteApplyCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private RouteOptions route = new RouteOptions();

    @Option(names = "--dry-run", description = "count what would be sent, and change nothing")
    private boolean dryRun;

    @Option(names = "--restart", description = "begin anew instead of going on with one that was killed")
    private boolean restart;

    @Override
    public Integer call() {
        DiseConfig then = route.newConfig();
        Instant since = route.since();
        try (StackLink.Connection connection = link.open()) {
            RouteChange change = RouteOptions.change(connection.reached(), then);
            ShownProgress progress = new ShownProgress(output.progress());
            RouteReport report = dryRun
                    ? change.diff(since, progress)
                    : change.apply(since, route.sinceText(), restart, Options.user(), progress);
            RouteOptions.show(report, output);
            if (!output.isJson()) {
                conclude(report);
            }
            return ExitCodes.OK;
        }
    }

    private void conclude(RouteReport report) {
        if (report.resumed()) {
            output.out().println("went on with an earlier one; these are the figures since then");
        }
        Long sent = report.sent();
        output.out().println(sent == null ? "nothing was sent" : String.format("%,d records sent", sent));
        output.out().println("the services take the new config at their next start");
    }
}
