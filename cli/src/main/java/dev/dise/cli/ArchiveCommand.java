package dev.dise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at what has left the tables, and brings it back. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = "Look at the files of rows that have left their tables, and bring rows back.",
        footer = {
            "",
            "Which rows leave, when and where to, is database.tables and database.archive of the config.",
            "",
            "Examples:",
            "  ./dise archive list --table tool_logs --since 90d",
            "  ./dise archive restore tool_logs 2026-01-31 --keep 7d",
            "  ./dise archive verify"
        },
        subcommands = {ArchiveListCommand.class, ArchiveRestoreCommand.class, ArchiveVerifyCommand.class})
final class ArchiveCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: list, restore or verify");
    }
}
