package dev.dise.cli;

import dev.dise.cli.terminal.Bytes;
import dev.dise.cli.terminal.Table;
import dev.dise.pg.archive.ArchivedFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/** Lists archived files. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the files of rows that have left their tables.",
        footer = {"", "Example: ./dise archive list --table tool_logs --since 2026-01-01 --until 2026-02-01"})
final class ArchiveListCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--table", paramLabel = "TABLE", description = "only of this table")
    private @Nullable String table;

    @Option(names = "--since", paramLabel = "WHEN", description = "with rows from then on: a time, a day, or 48h, 90d")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "with rows before then")
    private @Nullable String until;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Instant from = moment("--since", since, Instant.MIN);
        Instant to = moment("--until", until, Instant.MAX);
        try (StackLink.Connection connection = link.open()) {
            List<ArchivedFile> files = connection.maintenance().files().stream()
                    .filter(file -> table == null || table.equals(file.table()))
                    .filter(file ->
                            !file.lastTime().isBefore(from) && file.firstTime().isBefore(to))
                    .toList();
            show(files);
            return ExitCodes.OK;
        }
    }

    private Instant moment(String option, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        return Moment.parse(text, Instant.now())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), option + " must be " + Moment.RULE + " but is " + text));
    }

    private void show(List<ArchivedFile> files) {
        if (output.isJson()) {
            output.json(Map.of("items", files));
            return;
        }
        if (files.isEmpty()) {
            output.out().println("nothing is archived");
            return;
        }
        Table shown = new Table("file", "rows", "from", "to", "size", "archived at", "in the table until");
        files.forEach(file -> shown.row(
                file.file(),
                file.rows(),
                seconds(file.firstTime()),
                seconds(file.lastTime()),
                Bytes.text(file.bytes()),
                seconds(file.archivedAt()),
                file.keptUntil() == null ? "-" : seconds(file.keptUntil())));
        output.table(shown);
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
