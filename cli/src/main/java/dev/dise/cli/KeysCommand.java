package dev.dise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes and ends the keys of the HTTP doors. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Make, list and revoke the keys that open the HTTP doors.",
        footer = {
            "",
            "The file has only hashes. Running services read it again within seconds after a change.",
            "To replace a key: create a second one of the same name, move its users over, revoke the first.",
            "",
            "Examples:",
            "  ./dise keys create ci --scope emit --expires 90d",
            "  ./dise keys list",
            "  ./dise keys revoke 4f0k2p9x"
        },
        subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysRevokeCommand.class})
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: create, list or revoke");
    }
}
