package dev.dise.cli;

import dev.dise.cli.terminal.Progress;
import dev.dise.pg.archive.ArchivedFile;
import dev.dise.pg.archive.Maintenance;
import dev.dise.pg.archive.Restored;
import dev.dise.runtime.config.Keeping;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the rows of a day back into their table. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Bring the archived rows of a day back into their table, for a while. Restoring twice changes nothing.",
        footer = {
            "",
            "Nothing is changed unless every file of the day is what was written.",
            "",
            "Examples:",
            "  ./dise archive restore tool_logs 2026-01-31 --keep 14d",
            "  ./dise archive restore tool_logs rest          rows of days that had no partition"
        })
final class ArchiveRestoreCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "TABLE", description = "for example tool_logs")
    private String table = "";

    @Parameters(index = "1", paramLabel = "DAY", description = "as in 2026-01-31, or rest")
    private String day = "";

    @Option(
            names = "--keep",
            paramLabel = "SPAN",
            defaultValue = "7d",
            description = "how long they stay (default: ${DEFAULT-VALUE})")
    private String keep = "7d";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        require(
                Keeping.TABLES.contains(table),
                "no table '" + table + "' has archives; there are " + String.join(", ", Keeping.TABLES));
        require(isDay(), "the day must be as in 2026-01-31, or rest, but is '" + day + "'");
        Duration span = Keeping.span(keep).orElse(Duration.ZERO);
        require(span.isPositive(), "--keep must be as in 12h or 7d but is '" + keep + "'");
        try (StackLink.Connection connection = link.open()) {
            show(restore(connection.maintenance(), span));
            return ExitCodes.OK;
        }
    }

    private Restored restore(Maintenance maintenance, Duration span) {
        long total = maintenance.files().stream()
                .filter(file -> file.table().equals(table) && file.day().equals(day))
                .mapToLong(ArchivedFile::rows)
                .sum();
        Progress progress = new Progress(output.progress(), "restoring");
        Restored restored = maintenance.restore(table, day, span, rows -> progress.at(rows, total));
        progress.done(total);
        return restored;
    }

    private void show(Restored restored) {
        if (output.isJson()) {
            output.json(restored);
            return;
        }
        output.out()
                .printf(
                        "%,d rows of %s %s from %d file(s), of which %,d were there already; they stay until %s%n",
                        restored.rowsInFiles(),
                        restored.table(),
                        restored.day(),
                        restored.files(),
                        restored.rowsInFiles() - restored.inserted(),
                        restored.keptUntil().truncatedTo(ChronoUnit.SECONDS));
    }

    private boolean isDay() {
        try {
            return day.equals("rest") || LocalDate.parse(day).toString().equals(day);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void require(boolean good, String rule) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
