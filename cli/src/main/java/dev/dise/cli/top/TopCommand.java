package dev.dise.cli.top;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.query.client.QueryClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows how the line flows, as it flows. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = {
            "Show how the line flows: rates, lag and what it means, delays, dead letters; each second, until Ctrl-C.",
            "",
            "It is fed by the stream that the console's first page is fed by. Where the output is no terminal, the looks are",
            "printed below one another."
        },
        footer = {
            "",
            "With --output json each look is a line, as of GET /v1/flow.",
            "",
            "Examples:",
            "  ./dise top",
            "  ./dise top --count 1",
            "  ./dise top --count 60 --output json > minute.jsonl"
        })
public final class TopCommand implements Callable<Integer> {
    /** Set by the launcher, which can see where the output goes. */
    private static final String SCREEN = "dise.screen";

    private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
    private static final String FORMER_SCREEN = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--count", paramLabel = "N", description = "end after so many looks")
    private long count = Long.MAX_VALUE;

    private final FlowScreen screen = new FlowScreen();
    private long looks;

    @Override
    public Integer call() {
        boolean onScreen = Boolean.getBoolean(SCREEN) && !output.isJson() && count > 1;
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query()) {
            if (onScreen) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> print(FORMER_SCREEN), "former screen"));
                print(OTHER_SCREEN);
            }
            query.follow("/v1/flow/stream", Map.of(), (name, data) -> show(name, data, onScreen));
            return ExitCodes.OK;
        }
    }

    private boolean show(String name, JsonNode data, boolean onScreen) {
        if (!name.equals("flow")) {
            output.progress().println(data.path("detail").asString("the line cannot be seen"));
            return true;
        }
        if (output.isJson()) {
            output.out().println(data);
            output.out().flush();
        } else if (onScreen) {
            print(HOME + String.join(REST_OF_LINE + "\n", screen.lines(data)) + REST_OF_LINE + REST_OF_SCREEN);
        } else {
            below(screen.lines(data));
        }
        return ++looks < count;
    }

    private void below(List<String> lines) {
        PrintWriter out = output.out();
        lines.forEach(out::println);
        out.println();
        out.flush();
    }

    private void print(String text) {
        output.out().print(text);
        output.out().flush();
    }
}
