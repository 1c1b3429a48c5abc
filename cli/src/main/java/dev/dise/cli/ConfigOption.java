package dev.dise.cli;

import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the config. */
public final class ConfigOption {
    private static final Path USUAL = Path.of("config.yaml");

    @Option(names = "--config", paramLabel = "FILE", description = "config file (default: config.yaml, if there)")
    private @Nullable Path file;

    /** The file's config; the defaults where none is named and none is there. */
    public DiseConfig load() {
        if (file != null) {
            return DiseConfig.load(file);
        }
        return Files.exists(USUAL) ? DiseConfig.load(USUAL) : DiseConfig.defaults();
    }
}
