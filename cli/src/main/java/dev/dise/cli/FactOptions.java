package dev.dise.cli;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a search that is narrowed by what is known of tools. */
final class FactOptions {
    @Option(names = "--facts", description = "with runs, success rate, latency and bugs of the tool of each hit")
    private boolean facts;

    @Option(names = "--max-open-critical-bugs", paramLabel = "N", description = "only of tools with at most so many")
    private @Nullable Integer maxOpenCriticalBugs;

    @Option(names = "--max-failures", paramLabel = "N", description = "only of tools that failed at most so often")
    private @Nullable Integer maxFailures;

    @Option(
            names = "--max-p95-latency-ms",
            paramLabel = "MS",
            description = "only of tools this fast in 95 of 100 runs")
    private @Nullable Double maxLatency;

    @Option(names = "--min-success-rate", paramLabel = "0..1", description = "only of tools that succeed so often")
    private @Nullable Double minSuccessRate;

    @Option(
            names = "--unknown",
            paramLabel = "keep|drop",
            description = "what to do with hits whose latency or success nobody measured (default: drop)")
    private @Nullable String unknown;

    @Option(
            names = "--facts-since",
            paramLabel = "WHEN",
            description = "where the time of the figures begins (default: 7d)")
    private @Nullable String since;

    Rows on(Rows rows) {
        rows.with("facts", facts ? "true" : null)
                .with("max_open_critical_bugs", maxOpenCriticalBugs)
                .with("max_failures", maxFailures)
                .with("max_p95_latency_ms", maxLatency)
                .with("min_success_rate", minSuccessRate)
                .with("unknown", unknown)
                .with("facts_since", since);
        boolean isNarrowed = Stream.of(maxOpenCriticalBugs, maxFailures, maxLatency, minSuccessRate)
                .anyMatch(value -> value != null);
        if (!facts && !isNarrowed) {
            return rows;
        }
        return rows.column("runs", "facts.runs")
                .column("success", "facts.success_rate")
                .column("p95 ms", "facts.p95_latency_ms")
                .column("failures", "facts.failures")
                .column("open bugs", "facts.open_bugs");
    }
}
