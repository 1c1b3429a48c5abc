package dev.dise.rag.generations;

import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.runtime.generations.GenerationState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets readers see another generation, once that has all that they see now. */
record Switch(GenerationsParts parts, RebuildLock lock) {
    /**
     * Switches.
     *
     * @return how long Qdrant took for it; nobody waits
     */
    Duration to(Generation generation) {
        if (generation.isLive()) {
            return Duration.ZERO;
        }
        if (generation.state() == GenerationState.BUILDING) {
            throw new IllegalStateException("generation " + generation.number()
                    + " is not complete yet: ./dise rebuild qdrant goes on with it");
        }
        @Nullable Generation live = GenerationCatalog.live(parts.generations()).orElse(null);
        if (live != null) {
            new Flow(parts.places()).awaitLevel(generation, live);
        }
        lock.requireHeld();
        parts.halves().failpoints().hit("rebuild.before_switch");
        Duration took = Patiently.call(() -> parts.catalog().switchTo(generation, live));
        parts.halves().failpoints().hit("rebuild.after_switch");
        return took;
    }
}
