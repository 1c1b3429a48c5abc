package dev.dise.cli.backup;

import dev.dise.cli.ConfigOption;
import dev.dise.cli.ExitCodes;
import dev.dise.cli.Operator;
import dev.dise.cli.Output;
import dev.dise.cli.terminal.Table;
import dev.dise.localdev.LocalServers;
import dev.dise.localdev.StackOptions;
import dev.dise.operations.backup.Restore;
import dev.dise.operations.backup.RestoreReport;
import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a backup into an empty line. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Bring a backup into an empty line, which goes on where that of the backup was.",
        footer = {
            "",
            "Its files are verified first, and nothing is written unless topics, tables and collection are empty and no",
            "service runs. A restore that was killed goes on when it is begun again with the same backup; start no",
            "service before it is done.",
            "",
            "Examples:",
            "  ./dise restore /backups/2026-01-31 --state other && ./dise up --state other",
            "  ./dise restore /backups/2026-01-31 --servers --config prod.yaml"
        })
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "folder of the backup")
    private Path backup = Path.of("");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "restore into a local stack whose state is to live in this new folder")
    private @Nullable Path state;

    @Option(names = "--servers", description = "restore to the servers of the config")
    private boolean servers;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path folder = state;
        if (servers == (folder != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say where to: --state FOLDER for a local stack, or --servers for the config's");
        }
        show(folder == null ? restore(config.load()) : restoreHere(folder));
        return ExitCodes.OK;
    }

    private RestoreReport restoreHere(Path folder) {
        try (LocalServers local = LocalServers.start(StackOptions.in(folder, config.load()))) {
            return restore(local.config());
        }
    }

    private RestoreReport restore(DiseConfig there) {
        try (PhaseBars bars = new PhaseBars(output.progress(), "restoring")) {
            return Restore.into(there, backup, Operator.name(), bars, Clock.systemUTC());
        }
    }

    private void show(RestoreReport report) {
        if (output.isJson()) {
            output.json(report);
            return;
        }
        Table table = new Table("what", "of", "items");
        report.records().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(topic -> table.row("records", topic.getKey(), topic.getValue()));
        report.rows().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(rows -> table.row("rows", rows.getKey(), rows.getValue()));
        table.row("points", "", report.points());
        output.table(table);
        if (report.leftOut() > 0) {
            output.out()
                    .printf(
                            "%n%,d records were left out: all had read them, and they are older than what is kept%n",
                            report.leftOut());
        }
        output.out().printf("%nthe line goes on where the backup was taken: start its services%n");
    }
}
