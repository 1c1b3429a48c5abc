package dev.dise.cli;

import dev.dise.cli.terminal.Progress;
import dev.dise.cli.terminal.Table;
import dev.dise.pg.archive.ArchivedFile;
import dev.dise.pg.archive.Finding;
import dev.dise.pg.archive.Finding.State;
import dev.dise.pg.archive.Maintenance;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads archived files again. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Read every archived file from beginning to end and compare it with what was written.",
        footer = {"", "Example: ./dise archive verify --output json"})
final class ArchiveVerifyCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open()) {
            List<Finding> findings = verify(connection.maintenance());
            show(findings);
            boolean good = findings.stream()
                    .allMatch(finding -> finding.state() == State.GOOD || finding.state() == State.UNLISTED);
            return good ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private List<Finding> verify(Maintenance maintenance) {
        long total = maintenance.files().stream().mapToLong(ArchivedFile::rows).sum();
        Progress progress = new Progress(output.progress(), "reading");
        List<Finding> findings = maintenance.verify(rows -> progress.at(rows, total));
        progress.done(total);
        return findings;
    }

    private void show(List<Finding> findings) {
        if (output.isJson()) {
            output.json(Map.of("items", findings));
            return;
        }
        Table table = new Table("file", "state", "detail");
        findings.stream()
                .filter(finding -> finding.state() != State.GOOD)
                .forEach(finding -> table.row(finding.file(), finding.state(), finding.detail()));
        if (!table.isEmpty()) {
            output.table(table);
            output.out().println();
        }
        long good = findings.stream()
                .filter(finding -> finding.state() == State.GOOD)
                .count();
        output.out().printf("%,d of %,d files are as they were written%n", good, listed(findings));
    }

    private static long listed(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.state() != State.UNLISTED)
                .count();
    }
}
