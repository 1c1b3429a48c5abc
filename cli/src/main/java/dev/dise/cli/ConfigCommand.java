package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at the config as the services do. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Look at the config.",
        subcommands = ConfigCommand.Check.class)
final class ConfigCommand {
    /** Checks it: every mistake at once, or the effective values with the secrets hidden. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Check the config: every mistake at once, or the effective values.",
            footer = {"", "Example: ./dise config check --config config.yaml"})
    static final class Check implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Mixin
        private ConfigOption config = new ConfigOption();

        @Override
        public Integer call() {
            Map<String, String> settings = config.load().shown();
            if (output.isJson()) {
                output.json(settings);
            } else {
                Table table = new Table("setting", "value");
                settings.forEach(table::row);
                output.table(table);
                output.out().println("the config is good");
            }
            return ExitCodes.OK;
        }
    }
}
