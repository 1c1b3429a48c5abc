package dev.dise.cli.backup;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.backup.FileCheck;
import dev.dise.operations.backup.FileCheck.State;
import dev.dise.operations.backup.Manifest;
import dev.dise.operations.backup.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads a backup again. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Read every file of a backup from beginning to end and compare it with the manifest.",
        footer = {"", "Example: ./dise backup verify /backups/2026-01-31 --output json"})
final class BackupVerifyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "folder of the backup")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        Manifest manifest = Verification.manifest(folder);
        List<FileCheck> checks;
        try (PhaseBars bars = new PhaseBars(output.progress(), "reading")) {
            checks = Verification.of(folder, manifest, bars);
        }
        List<FileCheck> bad =
                checks.stream().filter(check -> check.state() != State.GOOD).toList();
        show(manifest, checks.size(), bad);
        return bad.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void show(Manifest manifest, int files, List<FileCheck> bad) {
        if (output.isJson()) {
            output.json(Map.of("backup", Summary.of(manifest), "bad", bad));
            return;
        }
        if (!bad.isEmpty()) {
            Table table = new Table("file", "state", "detail");
            bad.forEach(check -> table.row(check.path(), check.state(), check.detail()));
            output.table(table);
            output.out().println();
        }
        output.out().printf("%,d of %,d files are as they were written%n", files - bad.size(), files);
    }
}
