package dev.dise.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows log lines, newest first. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show log lines, newest first.",
        footer = {
            "",
            "Example: ./dise logs --tool parse_json --level error,critical --since 2h",
            "         ./dise logs --contains 'NullPointerException -retry' --details user.id=7"
        })
final class LogsCommand implements Callable<Integer> {
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

    @Option(names = "--level", split = ",", description = "debug, info, warning, error, critical; several with commas")
    private List<String> levels = List.of();

    @Option(
            names = "--contains",
            paramLabel = "WORDS",
            description = "only lines with all these words; \"words in a row\", -without, this OR that")
    private @Nullable String words;

    @Override
    public Integer call() {
        return details.on(paging.on(new Rows()))
                .with("tool_id", tool)
                .withAll("log_level", levels)
                .with("q", words)
                .column("time", "event_time")
                .column("level", "log_level")
                .column("tool", "tool_id")
                .column("message", "message")
                .show(link, output, "/v1/logs", "no log lines; emit one with ./dise emit log '{…}'");
    }
}
