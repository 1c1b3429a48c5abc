package dev.dise.cli;

import dev.dise.cli.imports.LogFileImport;
import dev.dise.cli.imports.LogImportOptions;
import dev.dise.cli.imports.LogImportSummary;
import dev.dise.cli.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings log files in, with level and time where the lines have them. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Bring log files in; the lines of a stack trace stay with their record.",
        footer = {
            "",
            "Examples:",
            "  ./dise import logs app.log worker.log --tool-id my_app",
            "  journalctl -u my_app | ./dise import logs - --tool-id my_app"
        })
final class ImportLogsCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "log files, or - for the input")
    private List<String> files = List.of();

    @Option(names = "--tool-id", paramLabel = "ID", required = true, description = "the tool that the lines are of")
    private String toolId = "";

    @Option(
            names = "--zone",
            defaultValue = "UTC",
            description = "time zone of times that name none (default: ${DEFAULT-VALUE})")
    private ZoneId zone = ZoneId.of("UTC");

    @Override
    public Integer call() throws IOException, InterruptedException {
        LogImportOptions options = new LogImportOptions(toolId, zone, Instant.now());
        Map<String, LogImportSummary> summaries = new LinkedHashMap<>();
        try (StackLink.Connection connection = link.open();
                Importing importing = new Importing(connection, output)) {
            for (String file : files) {
                try (LogFileImport log = open(file, options)) {
                    while (log.hasNext()) {
                        importing.send(log.next().event());
                    }
                    summaries.put(file, log.summary());
                }
            }
            return report(summaries, importing.finish());
        }
    }

    private static LogFileImport open(String file, LogImportOptions options) throws IOException {
        return file.equals(LogFileImport.STANDARD_INPUT)
                ? LogFileImport.of(System.in, file, options)
                : LogFileImport.open(Path.of(file), options);
    }

    private int report(Map<String, LogImportSummary> files, Imported events) {
        if (output.isJson()) {
            output.json(Map.of("files", files, "events", events));
        } else {
            Table table = new Table("file", "lines", "blank", "records", "with time", "with level", "cut", "repaired");
            files.forEach((file, lines) -> table.row(
                    file,
                    lines.linesRead(),
                    lines.blank(),
                    lines.records(),
                    lines.withTime(),
                    lines.withLevel(),
                    lines.cut(),
                    lines.repaired()));
            output.table(table);
            output.out().println();
            events.print(output.out());
        }
        return events.isComplete() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
