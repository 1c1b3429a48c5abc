package dev.dise.rag.generations;

import dev.dise.rag.store.Generation;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How far generations are: behind each other, and behind what their topics hold. */
final class Flow {
    private static final String RAG = Topic.RAG.topicName();
    /** Where nothing moves for so long, nothing will: its sink does not run, or there is nothing left but marks. */
    private static final long STILL_SECONDS = 5;
    /** A sink that has just been given a generation needs a look and a rebalance. */
    private static final long HAND_OVER_SECONDS = 60;

    private final Places places;

    Flow(Places places) {
        this.places = places;
    }

    /**
     * Records that the one has still to read until it has all that readers of the live one see. Those of the live one are
     * looked at first, so that zero means: it had all of them a moment ago.
     */
    long behind(Generation one, Generation live) {
        String topic = one.source().topic();
        if (topic.equals(live.source().topic())) {
            Map<Integer, Long> seen = places.committed(live.writeGroup(), topic);
            return Places.missing(places.committed(one.writeGroup(), topic), seen);
        }
        return events(one, live) + points(one);
    }

    /** Events that are embedded for the live one and not yet for this one, which has another model. */
    long events(Generation one, Generation live) {
        Map<Integer, Long> embedded = places.committed(live.source().embedGroup(), RAG);
        return Places.missing(places.committed(one.source().embedGroup(), RAG), embedded);
    }

    /** Points of its topic that the generation does not have yet. */
    long points(Generation one) {
        return places.behind(one.writeGroup(), one.source().topic());
    }

    /**
     * Returns once the one has all that readers of the live one see.
     *
     * @throws IllegalStateException if the sink does not bring it there
     */
    void awaitLevel(Generation one, Generation live) {
        Stillness stillness = new Stillness(HAND_OVER_SECONDS);
        for (long behind = behind(one, live); behind > 0; behind = behind(one, live)) {
            if (stillness.isAt(
                    () -> places.committed(one.writeGroup(), one.source().topic())
                            + " "
                            + places.committed(one.source().embedGroup(), RAG))) {
                throw new IllegalStateException("generation " + one.number() + " stays " + behind
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
