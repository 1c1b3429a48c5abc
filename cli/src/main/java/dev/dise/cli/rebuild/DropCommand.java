package dev.dise.cli.rebuild;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Keyboard;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.schemas.Store;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a generation. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = "Remove a generation that is not live, with all it holds. Its number is never used again.",
        footer = {
            "",
            "Archived files stay, and are known to the generations that are left.",
            "",
            "Example: ./dise rebuild drop postgres 1"
        })
final class DropCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "STORE", description = "${COMPLETION-CANDIDATES}")
    private Store store = Store.POSTGRES;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "of the generation, as ./dise rebuild list shows it")
    private int number;

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public Integer call() {
        String name = store.wireName() + " " + number;
        if (!yes && !name.equals(answer(name))) {
            output.progress().println("nothing was dropped");
            return ExitCodes.FAILED;
        }
        try (StackLink.Connection connection = link.open();
                StoreGenerations generations = connection.generations(store)) {
            generations.drop(number);
        }
        if (output.isJson()) {
            output.json(Map.of("store", store, "dropped", number));
        } else {
            output.out().printf("generation %d of %s is gone%n", number, store.wireName());
        }
        return ExitCodes.OK;
    }

    private String answer(String name) {
        output.progress().printf("this removes all rows of %s for good; type \"%s\" to go on: ", name, name);
        output.progress().flush();
        String line = Keyboard.line();
        return line == null ? "" : line.strip();
    }
}
