package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.pg.archive.Upkeep;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after the tables once, as the sink's keeper does every ten minutes. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        description =
                "Do now what is due on the tables: partitions ahead, indexes of closed days, archive and drop what is"
                        + " older than its retention. The sink does the same every ten minutes, unless it has no login of the"
                        + " tables' owner.",
        footer = {"", "Example: ./dise maintain --config config.yaml"})
final class MaintainCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open()) {
            Upkeep upkeep = connection.maintenance().pass();
            if (output.isJson()) {
                output.json(upkeep);
            } else {
                show(upkeep);
            }
            return upkeep.failures().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private void show(Upkeep upkeep) {
        if (!upkeep.ran()) {
            output.out().println("another keeper is at work, which does the same");
            return;
        }
        Table done = new Table("done", "table", "what", "rows");
        upkeep.deeds().forEach(deed -> done.row(words(deed.what()), deed.table(), deed.object(), deed.rows()));
        if (!done.isEmpty()) {
            output.table(done);
        } else if (upkeep.failures().isEmpty()) {
            output.out().println("nothing was due");
        }
        upkeep.failures()
                .forEach(failure -> output.progress().println("not done: " + failure.what() + ": " + failure.why()));
    }

    private static String words(Upkeep.What what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
