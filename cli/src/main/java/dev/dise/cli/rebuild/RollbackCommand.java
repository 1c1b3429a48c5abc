package dev.dise.cli.rebuild;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.schemas.Store;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Undoes the last switch. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Let readers see again what they saw before the last switch. Nothing is lost: it has followed.",
        footer = {"", "Example: ./dise rebuild rollback postgres"})
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "STORE", description = "${COMPLETION-CANDIDATES}")
    private Store store = Store.POSTGRES;

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open();
                StoreGenerations generations = connection.generations(store)) {
            Duration waited = generations.rollback();
            if (output.isJson()) {
                output.json(Map.of("store", store, "held_up_millis", waited.toMillis()));
            } else {
                output.out()
                        .printf(
                                "readers of %s see what they saw before; nobody was held up for more than %d ms%n",
                                store.wireName(), waited.toMillis());
            }
            return ExitCodes.OK;
        }
    }
}
