package dev.dise.cli.rebuild;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds a store anew beside the one that serves, and lets readers see it. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Build a new generation of a store from its topic while the live one serves, and switch to it.",
        footer = {
            "",
            "The generation that readers saw before goes on following, so that going back loses nothing, until it is dropped.",
            "",
            "Examples:",
            "  ./dise rebuild postgres                build, verify, switch",
            "  ./dise rebuild qdrant --model ollama:nomic-embed-text --dry-run",
            "  ./dise rebuild list",
            "  ./dise rebuild rollback postgres       see again what was seen before the last switch",
            "  ./dise rebuild switch postgres 2",
            "  ./dise rebuild drop postgres 1"
        },
        subcommands = {
            PostgresCommand.class,
            QdrantCommand.class,
            ListCommand.class,
            SwitchCommand.class,
            RollbackCommand.class,
            DropCommand.class
        })
public final class RebuildCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a store to rebuild, or what to do: list, switch, rollback or drop");
    }
}
