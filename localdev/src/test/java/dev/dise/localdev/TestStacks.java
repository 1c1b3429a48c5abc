package dev.dise.localdev;

import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Stacks for tests: free ports, no flushing, the embedder that hashes. */
final class TestStacks {
    private static final String HASH = """
            rag: {embedding: {provider: hash}}
            """;

    private TestStacks() {}

    /** With its state in the folder. */
    static StackOptions in(Path folder) {
        return in(folder, "");
    }

    /**
     * The same with other settings.
     *
     * @param settings YAML beside the embedder's
     */
    static StackOptions in(Path folder, String settings) {
        return StackOptions.in(folder.resolve("state"), load(folder, HASH + settings))
                .withoutDurability();
    }

    /** What a config file of this text says, in an empty environment. */
    static DiseConfig load(Path folder, String yaml) {
        Path file = folder.resolve("config.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DiseConfig.load(file, Map.of());
    }
}
