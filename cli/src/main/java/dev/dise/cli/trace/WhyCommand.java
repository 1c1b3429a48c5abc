package dev.dise.cli.trace;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Progress;
import dev.dise.operations.trace.Trace;
import dev.dise.operations.trace.Tracing;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Leads from a search's hit to the event that it came from. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Show the event that a hit of a search came from, as ./dise trace does.",
        footer = {
            "",
            "Examples:",
            "  ./dise search \"turn text into speech\"   # says type and artifact of each hit",
            "  ./dise why tool/speak_text"
        })
public final class WhyCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private TraceOptions options = new TraceOptions();

    @Parameters(paramLabel = "HIT", description = "type and id of the artifact, or the id of a point")
    private String hit = "";

    @Override
    public Integer call() {
        Progress progress = new Progress(output.progress(), "looking through the topics");
        try (StackLink.Connection connection = link.open()) {
            connection.requireKafka();
            try (Tracing tracing = Tracing.of(connection.config(), progress::at)) {
                Optional<Trace> trace = why(tracing);
                if (trace.isEmpty()) {
                    throw new IllegalStateException("Qdrant has no point of " + hit + ", or it was deleted");
                }
                new TraceView(output, options.raw()).show(trace.get());
                return ExitCodes.OK;
            }
        }
    }

    private Optional<Trace> why(Tracing tracing) {
        try {
            return tracing.why(hit, options.request(hit));
        } catch (IllegalArgumentException e) {
            throw options.wrong(String.valueOf(e.getMessage()));
        }
    }
}
