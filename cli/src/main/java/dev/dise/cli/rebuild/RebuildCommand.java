package dev.dise.cli.rebuild;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rebuilds a store beside itself. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Build a store anew from its topic, beside the live one, and switch to it.",
        footer = {"", "Examples:", "  ./dise rebuild qdrant", "  ./dise rebuild qdrant --model onnx --dry-run"},
        subcommands = {RebuildQdrantCommand.class})
public final class RebuildCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a store: qdrant");
    }
}
