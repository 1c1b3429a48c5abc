package dev.dise.rag.generations;

import dev.dise.rag.store.Generation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leaves the live sink its share of the time: while it has something to do, work is followed by rest. Thread-safe. */
final class Pace {
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Places places;
    private final @Nullable Generation live;
    private final double share;
    private long looked = System.nanoTime() - LOOK_EVERY;
    private boolean isBusy;

    /**
     * @param live null if there is none
     * @param share of the time that may be worked while the live one lags; above 0, at most 1
     */
    Pace(Places places, @Nullable Generation live, double share) {
        this.places = places;
        this.live = live;
        this.share = share;
    }

    /** Rests after so much work, if the live sink lags. */
    void after(Duration work) {
        if (share < 1 && isBusy()) {
            Waiting.pause(restAfter(work));
        }
    }

    Duration restAfter(Duration work) {
        return Duration.ofNanos((long) (work.toNanos() * (1 - share) / share));
    }

    private synchronized boolean isBusy() {
        if (live != null && System.nanoTime() - looked > LOOK_EVERY) {
            looked = System.nanoTime();
            isBusy = places.behind(live.writeGroup(), live.source().topic()) > 0;
        }
        return isBusy;
    }
}
