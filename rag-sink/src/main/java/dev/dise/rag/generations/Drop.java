package dev.dise.rag.generations;

import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes a generation with its group, and with its topic of vectors if no other needs that. */
record Drop(GenerationsParts parts) {
    /** Readers look once a second which collection they are to ask; what they may still ask is left so long. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    void run(Generation generation) {
        if (generation.isLive()) {
            throw new IllegalStateException(
                    "readers see generation " + generation.number() + ": switch to another before it is dropped");
        }
        List<Generation> others = parts.generations().stream()
                .filter(other -> other.number() != generation.number())
                .toList();
        @Nullable Generation live = GenerationCatalog.live(others).orElse(null);
        Patiently.run(() -> parts.catalog().withdraw(generation));
        parts.topics().removeGroup(generation.writeGroup());
        awaitReaders(live);
        removeSource(generation.source(), others);
        parts.halves().failpoints().hit("rebuild.before_delete");
        // Last, since it says what there is to remove: a drop that was killed is done again.
        Patiently.run(() -> parts.catalog().delete(generation, live));
    }

    private void removeSource(Source source, List<Generation> others) {
        if (others.stream().noneMatch(other -> other.source().topic().equals(source.topic()))) {
            parts.topics().removeGroup(source.embedGroup());
            parts.topics().remove(source.topic());
        }
    }

    private static void awaitReaders(@Nullable Generation live) {
        Instant switchedAt = live == null ? null : live.switchedAt();
        if (switchedAt != null) {
            Duration left = Duration.between(Instant.now(), switchedAt.plus(GRACE));
            // A clock that is ahead elsewhere is no reason to wait longer.
            Waiting.pause(left.isNegative() ? Duration.ZERO : left.compareTo(GRACE) > 0 ? GRACE : left);
        }
    }
}
