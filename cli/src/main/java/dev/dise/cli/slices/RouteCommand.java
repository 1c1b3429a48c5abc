package dev.dise.cli.slices;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries a change of the storage rules, and moves what came before. */
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        description = "Try a change of database.storage_strategy on past events, and send them where they go now.",
        footer = {
            "",
            "Examples:",
            "  ./dise route diff new-config.yaml --since 24h",
            "  ./dise route apply new-config.yaml --since 24h"
        },
        subcommands = {RouteDiffCommand.class, RouteApplyCommand.class})
public final class RouteCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: diff or apply");
    }
}
