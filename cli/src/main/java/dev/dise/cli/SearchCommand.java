package dev.dise.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds artifacts by meaning. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Find artifacts by meaning and by their words, the most relevant first.",
            "",
            "Fit says how far a hit can be trusted: where the first one is unlikely, probably nothing fits."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise search \"turn text into speech\" --type tool",
            "  ./dise search \"ModuleNotFoundError node_runtime\" --since 7d --output json   # with why each is there",
            "  ./dise search \"parse json\" --type tool --max-open-critical-bugs 0 --max-p95-latency-ms 2000 --min-success-rate 0.9"
        })
final class SearchCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "TEXT", description = "what to find, in your own words")
    private String text = "";

    @Option(names = "--type", split = ",", description = "only these types, for example tool,code_fix")
    private List<String> types = List.of();

    @Option(names = "--tag", split = ",", description = "only with any of these tags")
    private List<String> tags = List.of();

    @Option(names = "--tool", paramLabel = "ID", description = "only what belongs to this tool")
    private @Nullable String tool;

    @Mixin
    private TimeSpanOption span = new TimeSpanOption();

    @Option(names = "--min-quality", paramLabel = "0..1", description = "only with at least this quality score")
    private @Nullable Double minQuality;

    @Option(names = "--min-score", paramLabel = "0..1", description = "only hits with at least this score")
    private @Nullable Double minScore;

    @Mixin
    private FactOptions facts = new FactOptions();

    @Option(names = "--limit", defaultValue = "10", description = "hits at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        return facts.on(span.on(hits(text)))
                .withAll("type", types)
                .withAll("tags", tags)
                .with("tool_id", tool)
                .with("min_quality", minQuality)
                .with("min_score", minScore)
                .with("limit", limit)
                .show(link, output, "/v1/artifacts/similar", "nothing is near that");
    }

    static Rows hits(String text) {
        return new Rows()
                .with("text", text)
                .column("score", "score")
                .column("fit", "fit")
                .column("type", "artifact_type")
                .column("artifact", "artifact_id")
                .column("name", "name")
                .column("description", "description");
    }
}
