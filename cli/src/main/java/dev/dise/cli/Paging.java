package dev.dise.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every listing. */
final class Paging {
    @Option(names = "--limit", defaultValue = "20", description = "rows at most, to 1000 (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "NEXT",
            description = "go on behind a page that said so, with the same filters")
    private @Nullable String after;

    @Mixin
    private TimeSpanOption span = new TimeSpanOption();

    Rows on(Rows rows) {
        return span.on(rows.with("limit", limit).with("after", after));
    }
}
