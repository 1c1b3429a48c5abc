package dev.dise.cli.verify;

import dev.dise.cli.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** From when on events are looked at, by when the line got them. */
final class SinceOption {
    @Option(names = "--since", paramLabel = "WHEN", description = "only what came since: a time, a day, or 2h, 7d")
    private @Nullable String since;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Null for everything. */
    @Nullable
    Instant at(Instant now) {
        return since == null
                ? null
                : Moment.parse(since, now)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "--since must be " + Moment.RULE + " but is '" + since + "'"));
    }
}
