package dev.dise.cli.backup;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Operator;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Bytes;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.backup.Backup;
import dev.dise.operations.backup.BackupFile;
import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.operations.backup.Manifest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a backup of the line while it runs. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Copy topics, tables and collection into a new folder, in one consistent cut, while the line runs.",
        footer = {
            "",
            "The folder has everything that the stores have, secrets in logs included: only its owner can read it.",
            "It has no archived files (database.archive) and no spools of emitters; copy those beside it.",
            "",
            "Examples:",
            "  ./dise backup /backups/2026-01-31                      the stack that runs in .dise",
            "  ./dise backup /backups/2026-01-31 --config prod.yaml   the servers of a config",
            "  ./dise backup verify /backups/2026-01-31               read everything and compare",
            "  ./dise restore /backups/2026-01-31 --state other       and on it goes elsewhere"
        },
        subcommands = BackupVerifyCommand.class)
public final class BackupCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "new or empty folder")
    private @Nullable Path folder;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path into = folder;
        if (into == null) {
            throw new ParameterException(spec.commandLine(), "name a new folder for the backup, or verify FOLDER");
        }
        try (StackLink.Connection connection = link.open()) {
            show(take(connection, into), into);
            return ExitCodes.OK;
        }
    }

    private Manifest take(StackLink.Connection connection, Path into) {
        try (PhaseBars bars = new PhaseBars(output.progress(), "copying")) {
            return Backup.take(connection.config(), into, Operator.name(), bars, Clock.systemUTC());
        }
    }

    private void show(Manifest manifest, Path into) {
        if (output.isJson()) {
            output.json(Summary.of(manifest));
            return;
        }
        Table table = new Table("what", "of", "items");
        for (Kind kind : Kind.values()) {
            manifest.counts(kind).forEach((of, items) -> table.row(kind.wireName(), of, items));
        }
        output.table(table);
        long bytes = manifest.files().stream().mapToLong(BackupFile::bytes).sum();
        long raw = manifest.files().stream().mapToLong(BackupFile::rawBytes).sum();
        double seconds =
                Duration.between(manifest.startedAt(), manifest.finishedAt()).toMillis() / 1000.0;
        output.out()
                .printf(
                        "%n%s in %,d files in %s, %.1f s, %.1f MB/s before packing%n",
                        Bytes.text(bytes), manifest.files().size(), into, seconds, raw / 1e6 / Math.max(seconds, 1e-3));
    }
}
