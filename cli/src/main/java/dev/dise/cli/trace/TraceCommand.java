package dev.dise.cli.trace;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Progress;
import dev.dise.operations.trace.Trace;
import dev.dise.operations.trace.Tracing;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finds an event wherever it is. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Find an event wherever it is: each topic with partition and offset, the rule that routed it, its row and its",
            "points, or the dead letter with the reason; and the times between.",
            "",
            "An id that was made by time (UUIDv7), a stored row or a stored point say where to look; another id is looked",
            "for from the beginning of the topics, unless --since says more."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise trace 01923c52-502d-736a-99b9-d7e0716fcd47",
            "  ./dise trace my-own-id --type log --since 2h --raw",
            "  ./dise trace dise.bulk-3@1024     # the event of that record"
        })
public final class TraceCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private TraceOptions options = new TraceOptions();

    @Parameters(paramLabel = "ID", description = "the event's id, or the place of a record of it")
    private String id = "";

    @Override
    public Integer call() {
        Progress progress = new Progress(output.progress(), "looking through the topics");
        try (StackLink.Connection connection = link.open()) {
            connection.requireKafka();
            try (Tracing tracing = Tracing.of(connection.config(), progress::at)) {
                Trace trace = tracing.trace(options.request(id));
                new TraceView(output, options.raw()).show(trace);
                return trace.found() ? ExitCodes.OK : ExitCodes.FAILED;
            }
        }
    }
}
