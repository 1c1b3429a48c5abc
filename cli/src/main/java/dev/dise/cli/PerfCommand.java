package dev.dise.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows performance figures, put together by tool and metric, or row by row. */
@Command(
        name = "perf",
        mixinStandardHelpOptions = true,
        description = "Show performance by tool and metric.",
        footer = {
            "",
            "Without a tool, and with a bucket, the last seven days count unless there is --since.",
            "Example: ./dise perf --tool parse_json --metric latency_ms --bucket 1h"
        })
final class PerfCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private DetailsOption details = new DetailsOption();

    @Option(names = "--tool", paramLabel = "ID", description = "only of this tool")
    private @Nullable String tool;

    @Option(names = "--metric", paramLabel = "NAME", description = "only this metric")
    private @Nullable String metric;

    @Option(
            names = "--bucket",
            paramLabel = "LENGTH",
            description = "figures for each length of time, as in 1m, 5m, 1h or 1d, the newest first")
    private @Nullable String bucket;

    @Option(names = "--rows", description = "the single measurements")
    private boolean rows;

    @Override
    public Integer call() {
        Rows question = details.on(paging.on(new Rows()))
                .with("tool_id", tool)
                .with("metric_name", metric)
                .with("bucket", bucket);
        if (rows) {
            return question.column("time", "event_time")
                    .column("tool", "tool_id")
                    .column("metric", "metric_name")
                    .column("value", "metric_value")
                    .column("unit", "unit")
                    .show(link, output, "/v1/performance", "no measurements");
        }
        if (bucket != null) {
            question.column("from", "bucket");
        }
        return aggregates(question).show(link, output, "/v1/performance/aggregates", "no measurements");
    }

    static Rows aggregates(Rows question) {
        return question.column("tool", "tool_id")
                .column("metric", "metric_name")
                .column("count", "count")
                .column("mean", "mean")
                .column("min", "min")
                .column("p50", "p50")
                .column("p95", "p95")
                .column("p99", "p99")
                .column("max", "max");
    }
}
