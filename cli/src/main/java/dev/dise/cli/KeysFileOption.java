package dev.dise.cli;

import dev.dise.runtime.keys.KeyFile;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that names the file of the keys; the config names it otherwise. */
final class KeysFileOption {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "keys file (default: gateway.auth.keys_file of the config)")
    private @Nullable Path file;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    KeyFile open() {
        return new KeyFile(file == null ? configured() : file, Clock.systemUTC());
    }

    private Path configured() {
        String configured = config.load().gateway().auth().keysFile();
        if (configured.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "name the keys file with --file, or set gateway.auth.keys_file of the config (DISE_KEYS_FILE)");
        }
        return Path.of(configured);
    }
}
