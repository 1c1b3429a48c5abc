package dev.dise.pg.generations;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Leaves time to the live sink: while that has more to do than it can write at once, the rebuild works only a share of the
 * time, and rests after each piece of work as long as that takes. Used by one thread.
 */
final class DutyCycle {
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(10);

    private final double share;
    private final BooleanSupplier isLiveBusy;
    private boolean busy;
    private long lookedAt;
    private long startedAt;

    /**
     * @param share of the time, above 0 and at most 1
     * @param isLiveBusy asked once a second at most
     */
    DutyCycle(double share, BooleanSupplier isLiveBusy) {
        this.share = share;
        this.isLiveBusy = isLiveBusy;
        this.startedAt = System.nanoTime();
        this.lookedAt = startedAt - LOOK_EVERY;
    }

    /** A piece of work is done: rests if it has to. */
    void pieceDone() {
        long now = System.nanoTime();
        if (now - lookedAt >= LOOK_EVERY) {
            lookedAt = now;
            busy = isLiveBusy.getAsBoolean();
        }
        if (busy) {
            rest(restAfter(now - startedAt, share));
        }
        startedAt = System.nanoTime();
    }

    /** How long to rest after so much work, so that work has its share of both. */
    static long restAfter(long worked, double share) {
        return Math.min(LONGEST_REST, (long) (worked * (1 - share) / share));
    }

    private static void rest(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while leaving time to the live sink", e);
        }
    }
}
