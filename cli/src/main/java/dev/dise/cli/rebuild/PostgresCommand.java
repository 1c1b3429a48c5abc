package dev.dise.cli.rebuild;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.schemas.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds the tables anew. */
@Command(
        name = "postgres",
        mixinStandardHelpOptions = true,
        description =
                "Build all tables anew from dise.bulk, compare them with the live ones, and switch readers to them.",
        footer = {
            "",
            "Killed at any point, the same command goes on where it was. The sink has to run: it fills both generations.",
            "Nothing is switched unless the new generation is exactly what the live one is.",
            "",
            "Examples:",
            "  ./dise rebuild postgres",
            "  ./dise rebuild postgres --no-switch        look at it first; then ./dise rebuild switch postgres N",
            "  ./dise rebuild postgres --share 0.2        while the live sink lags, work a fifth of the time"
        })
final class PostgresCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--accept-gap",
            description = "go on although the topic has lost its beginning; without it that is refused")
    private boolean acceptGap;

    @Option(
            names = "--from-archive",
            description =
                    "read archived rows first for what the topic has lost; what is in no archive is accepted as lost")
    private boolean fromArchive;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description =
                    "of the time to work while more than a batch waits for the live sink (default: ${DEFAULT-VALUE})")
    private double share = 0.5;

    @Option(names = "--no-switch", description = "leave readers with what they see; the new generation follows")
    private boolean noSwitch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!(share > 0 && share <= 1)) {
            throw new ParameterException(spec.commandLine(), "--share is above 0 and at most 1, but is " + share);
        }
        RebuildOptions options = new RebuildOptions(acceptGap, fromArchive, share, !noSwitch);
        try (StackLink.Connection connection = link.open();
                StoreGenerations generations = connection.generations(Store.POSTGRES)) {
            PhaseProgress progress = new PhaseProgress(output.progress());
            RebuildReport report = generations.rebuild(options, progress);
            progress.done();
            new ReportView(output).show(report);
            return ExitCodes.OK;
        }
    }
}
