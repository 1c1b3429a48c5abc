package dev.dise.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every listing. */
final class Paging {
    @Option(names = "--limit", defaultValue = "20", description = "rows at most, to 1000 (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--offset", defaultValue = "0", description = "rows to pass over (default: ${DEFAULT-VALUE})")
    private int offset;

    @Mixin
    private TimeSpanOption span = new TimeSpanOption();

    Rows on(Rows rows) {
        return span.on(rows.with("limit", limit).with("offset", offset == 0 ? null : offset));
    }
}
