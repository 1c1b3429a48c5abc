package dev.dise.cli.letters;

import dev.dise.cli.Operator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says who does something. */
final class ByOption {
    @Option(names = "--by", paramLabel = "WHO", description = "who does it, for the audit (default: this user)")
    private @Nullable String by;

    String name() {
        return by == null || by.isBlank() ? Operator.name() : by;
    }
}
