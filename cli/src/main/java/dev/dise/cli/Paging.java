package dev.dise.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every listing. */
final class Paging {
    @Option(names = "--limit", defaultValue = "20", description = "rows at most, to 1000 (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--offset", defaultValue = "0", description = "rows to pass over (default: ${DEFAULT-VALUE})")
    private int offset;

    @Option(names = "--since", paramLabel = "WHEN", description = "from then on: a time, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "before then")
    private @Nullable String until;

    Rows on(Rows rows) {
        return rows.with("limit", limit)
                .with("offset", offset == 0 ? null : offset)
                .with("since", since)
                .with("until", until);
    }
}
