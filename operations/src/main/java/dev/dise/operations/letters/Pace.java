package dev.dise.operations.letters;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Keeps work to a rate, by waiting between pieces of it. */
final class Pace {
    private static final int MOST_AT_ONCE = 100;
    private static final int PIECES_A_SECOND = 4;

    private final int rate;
    private final LongSupplier nanoClock;
    private final Waiting waiting;
    private final long begin;
    private long done;

    /** Lets time go by. */
    @FunctionalInterface
    interface Waiting {
        void pause(Duration time) throws InterruptedException;
    }

    /** @param rate things a second at most; 0 for as many as it goes */
    Pace(int rate, LongSupplier nanoClock, Waiting waiting) {
        this.rate = rate;
        this.nanoClock = nanoClock;
        this.waiting = waiting;
        this.begin = nanoClock.getAsLong();
    }

    /** How many things a piece has. */
    int atOnce() {
        return rate == 0 ? MOST_AT_ONCE : Math.clamp(rate / PIECES_A_SECOND, 1, MOST_AT_ONCE);
    }

    /** Notes what was done, and waits until as much may have been done. */
    void did(int count) {
        done += count;
        if (rate == 0) {
            return;
        }
        long due = begin + Duration.ofSeconds(1).toNanos() * done / rate;
        try {
            long wait = due - nanoClock.getAsLong();
            if (wait > 0) {
                waiting.pause(Duration.ofNanos(wait));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; what was sent until now stands in the audit", e);
        }
    }
}
