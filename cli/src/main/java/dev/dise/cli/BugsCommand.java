package dev.dise.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows bugs, newest first. */
@Command(
        name = "bugs",
        mixinStandardHelpOptions = true,
        description = "Show bugs at their newest version, newest first.",
        footer = {"", "Example: ./dise bugs --severity high,critical --open"})
final class BugsCommand implements Callable<Integer> {
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

    @Option(names = "--severity", split = ",", description = "low, medium, high, critical; several with commas")
    private List<String> severities = List.of();

    @Option(
            names = "--contains",
            paramLabel = "WORDS",
            description = "only with all these words in message or stack trace; \"in a row\", -without, this OR that")
    private @Nullable String words;

    @Option(names = "--open", description = "only those that are not resolved")
    private boolean open;

    @Override
    public Integer call() {
        return details.on(paging.on(new Rows()))
                .with("tool_id", tool)
                .withAll("severity", severities)
                .with("q", words)
                .with("resolved", open ? "false" : null)
                .column("last seen", "last_seen")
                .column("bug", "bug_id")
                .column("tool", "tool_id")
                .column("severity", "severity")
                .column("resolved", "resolved")
                .column("seen", "occurrences")
                .column("message", "message")
                .show(link, output, "/v1/bugs", "no bugs");
    }
}
