package dev.dise.cli.facts;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Opens a bug again. */
@Command(
        name = "reopen",
        mixinStandardHelpOptions = true,
        description = "Open a resolved bug again. Doing it twice is harmless.",
        footer = {"", "Example: ./dise bug reopen BUG-7 --note \"still there with tabs\""})
final class BugReopenCommand implements Callable<Integer> {
    @Mixin
    private BugDeed deed = new BugDeed();

    @Override
    public Integer call() {
        return deed.run("reopen", "is open");
    }
}
