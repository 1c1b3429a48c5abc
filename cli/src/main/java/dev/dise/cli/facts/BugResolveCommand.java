package dev.dise.cli.facts;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Resolves a bug. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description = {
            "Resolve a bug: a newer version of it goes down the line. Doing it twice is harmless.",
            "",
            "If the same error is seen again, its group counts as regressed, and the note is shown as what helped before."
        },
        footer = {"", "Example: ./dise bug resolve BUG-7 --note \"the reader skips empty lines now\""})
final class BugResolveCommand implements Callable<Integer> {
    @Mixin
    private BugDeed deed = new BugDeed();

    @Override
    public Integer call() {
        return deed.run("resolve", "is resolved");
    }
}
