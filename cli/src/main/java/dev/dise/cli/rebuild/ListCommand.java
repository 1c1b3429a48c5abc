package dev.dise.cli.rebuild;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.operations.rebuild.Generations;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.schemas.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the generations that there are. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the generations of every store: which is live, which follow, and how far they are.",
        footer = {"", "Example: ./dise rebuild list --output json"})
final class ListCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open()) {
            List<GenerationInfo> all = new ArrayList<>();
            for (Store store : Generations.STORES) {
                try (StoreGenerations generations = connection.generations(store)) {
                    all.addAll(generations.list());
                }
            }
            new ReportView(output).show(all);
            return ExitCodes.OK;
        }
    }
}
