package dev.dise.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every question that may be about a span of time. */
final class TimeSpanOption {
    @Option(names = "--since", paramLabel = "WHEN", description = "from then on: a time, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "before then")
    private @Nullable String until;

    Rows on(Rows rows) {
        return rows.with("since", since).with("until", until);
    }
}
