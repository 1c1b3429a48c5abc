package dev.dise.cli;

import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

        @Option(names = "--config", paramLabel = "FILE", defaultValue = "config.yaml", description = "(default: ${DEFAULT-VALUE})")
        private Path file = Path.of("config.yaml");

        @Override
        public Integer call() {
            DiseConfig config = DiseConfig.load(file);
            if (output.isJson()) {
                output.json(config.shown());
            } else {
                Table table = new Table("setting", "value");
                config.shown().forEach(table::row);
                output.table(table);
                output.out().println(file + " is good");
            }
            return ExitCodes.OK;
        }
    }
}
