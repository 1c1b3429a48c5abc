package dev.dise.rag.generations;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what somebody else does. */
final class Waiting {
    private static final long PAUSE_MILLIS = 50;

    private Waiting() {}

    /**
     * Returns once it is so.
     *
     * @param what is waited for, for the message
     * @throws IllegalStateException after that time
     */
    static void until(BooleanSupplier isSo, long seconds, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + seconds + " s in vain for " + what);
            }
            pause(Duration.ofMillis(PAUSE_MILLIS));
        }
    }

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
