package dev.dise.rag.generations;

import dev.dise.rag.store.Generation;
import dev.dise.rag.store.Source;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How far generations are: behind each other, and behind what their topics hold. */
final class Flow {
    private static final String RAG = Topic.RAG.topicName();
    /** Where nothing moves for so long, nothing will: its sink does not run, or there is nothing left but marks. */
    private static final long STILL_SECONDS = 5;
    /** A sink that has just been given a generation needs a look and a rebalance. */
    private static final long HAND_OVER_SECONDS = 60;
    /** How long a moment is waited for in which both are level. */
    private static final long LEVEL_SECONDS = 3;

    private final Places places;

    Flow(Places places) {
        this.places = places;
    }

    /**
     * Places that a group is to reach: what was there in the moment in which it was asked for, so that it is reached however
     * much comes behind.
     */
    record Goal(String phase, String group, String topic, Map<Integer, Long> places) {}

    /**
     * What the one is to reach until it has all that readers of the live one see, one behind the other; each is to be asked for
     * when the former is reached.
     *
     * @param live null if readers see nothing: then all that its topics hold
     * @param isEmbedded whether somebody else sees to the topic of its points
     */
    List<Supplier<Goal>> goals(Generation one, @Nullable Generation live, boolean isEmbedded) {
        Source source = one.source();
        if (live != null && source.topic().equals(live.source().topic())) {
            return List.of(() -> loading(one, places.committed(live.writeGroup(), source.topic())));
        }
        Supplier<Goal> points = () -> loading(one, places.ends(source.topic()));
        if (live == null && isEmbedded) {
            return List.of(points);
        }
        Supplier<Goal> events = () -> new Goal(
                "embedding",
                source.embedGroup(),
                RAG,
                live == null ? places.ends(RAG) : places.committed(live.source().embedGroup(), RAG));
        return List.of(events, points);
    }

    private static Goal loading(Generation one, Map<Integer, Long> wanted) {
        return new Goal("loading", one.writeGroup(), one.source().topic(), wanted);
    }

    /** Records that are missing to the goal. */
    long left(Goal goal) {
        return Places.missing(places.committed(goal.group(), goal.topic()), goal.places());
    }

    /**
     * Returns once the one has all that readers of the live one see.
     *
     * @throws IllegalStateException if the sink does not bring it there
     */
    void awaitLevel(Generation one, Generation live) {
        goals(one, live, true).forEach(goal -> await(one, goal.get()));
        // Where both read one topic they can be level at once, which is better than to have been.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEVEL_SECONDS);
        if (one.source().topic().equals(live.source().topic())) {
            while (left(goals(one, live, true).getFirst().get()) > 0 && System.nanoTime() < deadline) {
                // Looking takes its time.
            }
        }
    }

    private void await(Generation one, Goal goal) {
        Stillness stillness = new Stillness(HAND_OVER_SECONDS);
        for (long left = left(goal); left > 0; left = left(goal)) {
            if (stillness.isAt(
                    () -> places.committed(goal.group(), goal.topic()).toString())) {
                throw new IllegalStateException("generation " + one.number() + " stays " + left
                        + " records behind: is the rag sink running? Start it, and this again, which goes on");
            }
        }
    }

    /** Returns once the generation has what is in its topics now, or nothing moves any more. */
    void awaitPassed(Generation one) {
        Map<Integer, Long> events = places.ends(RAG);
        awaitPassed(one.source().embedGroup(), RAG, events);
        awaitPassed(
                one.writeGroup(), one.source().topic(), places.ends(one.source().topic()));
    }

    private void awaitPassed(String group, String topic, Map<Integer, Long> ends) {
        Stillness stillness = new Stillness(STILL_SECONDS);
        while (Places.missing(places.committed(group, topic), ends) > 0
                && !stillness.isAt(() -> places.committed(group, topic).toString())) {
            // The look itself takes its time.
        }
    }

    /** Tells when something has not changed for some time. */
    private static final class Stillness {
        private final long nanos;
        private String last = "";
        private long since = System.nanoTime();

        Stillness(long seconds) {
            this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        }

        boolean isAt(Supplier<String> state) {
            String now = state.get();
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
            Waiting.pause(Duration.ofMillis(10));
            return System.nanoTime() - since > nanos;
        }
    }
}
