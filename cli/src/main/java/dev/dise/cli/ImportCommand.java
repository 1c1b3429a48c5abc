package dev.dise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings in what exists already. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Bring in what exists already: a DiSE memory, or log files. Importing twice changes nothing.",
        subcommands = {ImportDiseCommand.class, ImportLogsCommand.class})
final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to import: dise or logs");
    }
}
