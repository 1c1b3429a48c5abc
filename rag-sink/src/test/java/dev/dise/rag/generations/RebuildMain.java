package dev.dise.rag.generations;

import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.RebuildOptions;
import java.nio.file.Path;

/** A rebuild in a process of its own, which can be killed. */
public final class RebuildMain {
    private RebuildMain() {}

    /**
     * Rebuilds, and prints the digest.
     *
     * @param args the config file
     */
    public static void main(String[] args) {
        try (QdrantGenerations generations = QdrantGenerations.of(DiseConfig.load(Path.of(args[0])), new Metrics())) {
            System.out.println("digest "
                    + generations
                            .rebuild(RebuildOptions.USUAL, (phase, done, total) -> {})
                            .digest());
        }
    }
}
