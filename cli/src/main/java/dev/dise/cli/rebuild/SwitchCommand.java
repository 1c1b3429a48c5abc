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

/** Lets readers see another generation. */
@Command(
        name = "switch",
        mixinStandardHelpOptions = true,
        description = "Let readers see another generation. The one that they saw goes on following.",
        footer = {"", "Example: ./dise rebuild switch postgres 2"})
final class SwitchCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "STORE", description = "${COMPLETION-CANDIDATES}")
    private Store store = Store.POSTGRES;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "of the generation, as ./dise rebuild list shows it")
    private int number;

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open();
                StoreGenerations generations = connection.generations(store)) {
            Duration waited = generations.switchTo(number);
            if (output.isJson()) {
                output.json(Map.of("store", store, "live", number, "held_up_millis", waited.toMillis()));
            } else {
                output.out()
                        .printf(
                                "readers see generation %d of %s; nobody was held up for more than %d ms%n",
                                number, store.wireName(), waited.toMillis());
            }
            return ExitCodes.OK;
        }
    }
}
