package dev.dise.rag.generations;

import dev.dise.rag.Half;
import dev.dise.rag.Halves;
import dev.dise.rag.generations.Flow.Goal;
import dev.dise.rag.store.Generation;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills one generation, until it is what the live one is. What is done so far is kept by Qdrant and by the groups, so a
 * killed one goes on where it was.
 */
final class Rebuild implements AutoCloseable {
    /** Points of one poll: requests are cut by bytes. */
    private static final int WRITE_BATCH = 2_000;
    /** Artifacts of one poll. */
    private static final int EMBED_BATCH = 256;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Generation target;
    private final @Nullable Generation live;
    private final RebuildLock lock;
    private final Flow flow;
    private final Places places;
    private final WorkProgress progress;
    private final List<Loader<?>> loaders = new ArrayList<>();

    private Rebuild(
            Generation target, @Nullable Generation live, RebuildLock lock, Places places, WorkProgress progress) {
        this.target = target;
        this.live = live;
        this.lock = lock;
        this.flow = new Flow(places);
        this.places = places;
        this.progress = progress;
    }

    /** Begins to fill the target: with points, and with events too if no sink embeds them for its model. */
    static Rebuild start(
            Generation target,
            @Nullable Generation live,
            boolean isEmbedded,
            RebuildOptions options,
            RebuildLock lock,
            Places places,
            Halves halves,
            WorkProgress progress) {
        Rebuild rebuild = new Rebuild(target, live, lock, places, progress);
        KafkaClients kafka = new KafkaClients(halves.config().kafka());
        Pace pace = new Pace(places, live, options.share());
        try {
            if (!isEmbedded) {
                rebuild.loaders.add(start(halves.embedding(target.source()), EMBED_BATCH, kafka, pace, halves));
            }
            rebuild.loaders.add(start(halves.writing(target), WRITE_BATCH, kafka, pace, halves));
            return rebuild;
        } catch (RuntimeException e) {
            rebuild.close();
            throw e;
        }
    }

    private static <T> Loader<T> start(Half<T> half, int batch, KafkaClients kafka, Pace pace, Halves halves) {
        return Loader.start(half, batch, kafka, pace, halves.failpoints());
    }

    /** Returns once the target has all that readers of the live one saw; all of its topics if there is none. */
    void load() {
        boolean isEmbedded = loaders.size() == 1;
        flow.goals(target, live, isEmbedded).forEach(goal -> reach(goal.get()));
    }

    private void reach(Goal goal) {
        long total = Places.missing(places.begins(goal.topic()), goal.places());
        for (long left = flow.left(goal); left > 0; left = flow.left(goal)) {
            requireWell();
            progress.at(goal.phase(), Math.max(0, total - left), total);
            Waiting.pause(LOOK_EVERY);
        }
        requireWell();
        progress.at(goal.phase(), total, total);
    }

    /** Returns once both have all that is in their topics now. */
    void pass() {
        requireWell();
        flow.awaitPassed(target);
        if (live != null) {
            flow.awaitPassed(live);
        }
    }

    /** Records that were read into the target in this life. */
    long records() {
        return loaders.isEmpty() ? 0 : loaders.getLast().records();
    }

    @Override
    public void close() {
        loaders.forEach(Loader::close);
    }

    private void requireWell() {
        lock.requireHeld();
        loaders.forEach(Loader::requireAlive);
    }
}
