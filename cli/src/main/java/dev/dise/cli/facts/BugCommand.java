package dev.dise.cli.facts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done about one bug. */
@Command(
        name = "bug",
        mixinStandardHelpOptions = true,
        description = "Resolve a bug, or open it again.",
        footer = {
            "",
            "Examples:",
            "  ./dise bug resolve BUG-7 --note \"the reader skips empty lines now\"",
            "  ./dise bug reopen BUG-7",
            "  ./dise bugs --open                # which there are"
        },
        subcommands = {BugResolveCommand.class, BugReopenCommand.class})
public final class BugCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: resolve or reopen");
    }
}
