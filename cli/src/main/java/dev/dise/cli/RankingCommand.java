package dev.dise.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which tools are the worst. */
@Command(
        name = "ranking",
        mixinStandardHelpOptions = true,
        description =
                "Show which tools failed most, have most open bugs, are slowest or succeed least, the worst first.",
        footer = {
            "",
            "Examples:",
            "  ./dise ranking                                   # which failed most this week",
            "  ./dise ranking --by success_rate --since 24h"
        })
final class RankingCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--by",
            paramLabel = "FIGURE",
            defaultValue = "failures",
            description = "failures, open_bugs, p95_latency_ms or success_rate (default: ${DEFAULT-VALUE})")
    private String by = "failures";

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            defaultValue = "7d",
            description = "from then on: a time, or 2h, 7d (default: ${DEFAULT-VALUE})")
    private String since = "7d";

    @Option(names = "--limit", defaultValue = "20", description = "tools at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        return new Rows()
                .with("by", by)
                .with("since", since)
                .with("limit", limit)
                .column("tool", "tool_id")
                .column("failures", "facts.failures")
                .column("open bugs", "facts.open_bugs")
                .column("runs", "facts.runs")
                .column("success", "facts.success_rate")
                .column("p95 ms", "facts.p95_latency_ms")
                .column("last failure", "facts.last_failure")
                .show(link, output, "/v1/tools/ranking", "no tool has such a figure");
    }
}
