package dev.dise.cli;

import dev.dise.cli.imports.DiseMemoryImport;
import dev.dise.cli.imports.ImportSummary;
import dev.dise.cli.imports.ImportedLine;
import dev.dise.cli.imports.Refusal;
import dev.dise.schemas.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings a DiSE memory in, its catch-all patterns as the types that they really are. */
@Command(
        name = "dise",
        mixinStandardHelpOptions = true,
        description = "Bring a DiSE memory in: artifacts and tool definitions, one JSON object a line.",
        footer = {"", "Example: ./dise import dise --artifacts artifacts.jsonl --tools tools.jsonl"})
final class ImportDiseCommand implements Callable<Integer> {
    private static final int SHOWN_REFUSALS = 20;

    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--artifacts", paramLabel = "FILE", description = "artifacts, or DiSE's own index.json")
    private @Nullable Path artifacts;

    @Option(names = "--tools", paramLabel = "FILE", description = "tool definitions")
    private @Nullable Path tools;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final List<String> refusals = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (artifacts == null && tools == null) {
            throw new ParameterException(spec.commandLine(), "name --artifacts, --tools or both");
        }
        try (DiseMemoryImport memory = DiseMemoryImport.open(artifacts, tools);
                StackLink.Connection connection = link.open();
                Importing importing = new Importing(connection, output)) {
            while (memory.hasNext()) {
                send(memory.next(), importing);
            }
            return report(memory.summary(), importing.finish());
        }
    }

    private void send(ImportedLine line, Importing importing) throws InterruptedException {
        for (Event event : line.events()) {
            importing.send(event);
        }
        Refusal refusal = line.refused();
        if (refusal != null) {
            refusals.add(line.file() + ":" + line.number() + " " + refusal.reason() + ", " + refusal.explanation());
        }
    }

    private int report(ImportSummary lines, Imported events) {
        if (output.isJson()) {
            output.json(Map.of("lines", lines, "refused_lines", refusals, "events", events));
        } else {
            output.out()
                    .printf(
                            "%,d lines: %,d imported, %,d refused, %,d blank; %,d repeat an id and are newer versions%n%n",
                            lines.linesRead(), lines.imported(), lines.refused(), lines.blank(), lines.repeats());
            events.print(output.out());
            refusals.stream().limit(SHOWN_REFUSALS).forEach(output.out()::println);
        }
        return events.isComplete() && lines.refused() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
