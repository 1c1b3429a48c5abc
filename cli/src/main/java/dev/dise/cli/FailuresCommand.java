package dev.dise.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows failures folded. */
@Command(
        name = "failures",
        mixinStandardHelpOptions = true,
        description = {
            "Show failures, or bugs, folded: one line for what is the same error, however often it came.",
            "",
            "Regressed is what was seen again after a bug of it was resolved."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise failures --since 24h --by count",
            "  ./dise failures --bugs --severity high,critical"
        })
final class FailuresCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private TimeSpanOption span = new TimeSpanOption();

    @Option(names = "--bugs", description = "bugs instead of failures")
    private boolean bugs;

    @Option(names = "--by", paramLabel = "ORDER", description = "last_seen or count (default: last_seen)")
    private @Nullable String by;

    @Option(names = "--tool", paramLabel = "ID", description = "only of this tool")
    private @Nullable String tool;

    @Option(names = "--severity", split = ",", description = "low, medium, high, critical; several with commas")
    private List<String> severities = List.of();

    @Option(names = "--limit", defaultValue = "50", description = "groups at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        return span.on(new Rows())
                .with("kind", bugs ? "bug" : "failure")
                .with("by", by)
                .with("tool_id", tool)
                .withAll("severity", severities)
                .with("limit", limit)
                .column("last seen", "last_seen")
                .column("count", "count")
                .column("tools", "tool_count")
                .column("open bugs", "open")
                .column("regressed", "regressed")
                .column("type", "type")
                .column("message", "message")
                .column("fingerprint", "fingerprint")
                .show(link, output, "/v1/failures/groups", "no failures");
    }
}
