package dev.dise.cli.facts;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Printable;
import dev.dise.cli.terminal.Table;
import dev.dise.query.client.QueryClient;
import dev.dise.query.client.QueryFailedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Finds what helped against an error. */
@Command(
        name = "fixes",
        mixinStandardHelpOptions = true,
        description = {
            "Find what helped against an error: fixes near its text by meaning, and bugs of the same error that were resolved.",
            "",
            "The error is a bug, a failure by its event, a fingerprint, or its text."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise fixes BUG-7",
            "  ./dise fixes 01923c52-502d-736a-99b9-d7e0716fcd47",
            "  ./dise fixes --text \"ModuleNotFoundError: No module named 'requests'\""
        })
public final class FixesCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 404;
    private static final List<String> KINDS = List.of("bug", "fingerprint", "failure");

    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "a bug, an event of a failure, or a fingerprint; with --text the text")
    private String id = "";

    @Option(names = "--text", description = "it is the error itself, in its own words")
    private boolean text;

    @Option(names = "--limit", defaultValue = "10", description = "fixes at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query()) {
            JsonNode answer = text ? ask(query, "text") : find(query);
            if (output.isJson()) {
                output.json(answer);
            } else {
                show(answer);
            }
            return ExitCodes.OK;
        }
    }

    /** An id does not say what it is the id of. */
    private JsonNode find(QueryClient query) {
        for (String kind : KINDS) {
            try {
                return ask(query, kind);
            } catch (QueryFailedException e) {
                boolean isOfAnother = e.status() == NOT_FOUND || (kind.equals("fingerprint") && e.status() == 400);
                if (!isOfAnother || kind.equals(KINDS.getLast())) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("every kind was asked");
    }

    private JsonNode ask(QueryClient query, String kind) {
        return query.get("/v1/known-fixes", Map.of(kind, List.of(id), "limit", List.of(Integer.toString(limit))));
    }

    private void show(JsonNode answer) {
        output.out()
                .println("error: " + Printable.headline(answer.at("/asked/text").asString(""), 100));
        Table fixes = new Table("score", "fit", "type", "fix", "name");
        answer.path("items")
                .forEach(hit -> fixes.row(
                        String.format("%.3f", hit.path("score").asDouble(0)),
                        hit.path("fit").asString(""),
                        hit.path("artifact_type").asString(""),
                        hit.path("artifact_id").asString(""),
                        hit.path("name").asString("")));
        if (fixes.isEmpty()) {
            output.out().println("no fix is near it");
        } else {
            output.table(fixes);
        }
        Table resolved = new Table("resolved", "bug", "tool", "note");
        answer.path("resolved_before")
                .forEach(bug -> resolved.row(
                        bug.path("resolved_at").asString("-"),
                        bug.path("bug_id").asString(""),
                        bug.path("tool_id").asString("-"),
                        bug.path("note").asString("-")));
        if (!resolved.isEmpty()) {
            output.out().println("the same error was resolved before:");
            output.table(resolved);
        }
    }
}
