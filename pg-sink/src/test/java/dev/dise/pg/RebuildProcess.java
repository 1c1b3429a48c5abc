package dev.dise.pg;

import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.RebuildOptions;
import java.nio.file.Path;

/** A rebuild in a process of its own, which can be killed. Its only argument is the config. */
final class RebuildProcess {
    private RebuildProcess() {}

    public static void main(String[] args) {
        try (PgGenerations generations = PgGenerations.of(DiseConfig.load(Path.of(args[0])))) {
            generations.rebuild(RebuildOptions.USUAL, (phase, done, total) -> {});
        }
        System.exit(0);
    }
}
