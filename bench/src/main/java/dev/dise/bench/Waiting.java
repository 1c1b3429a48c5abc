package dev.dise.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what another thread or process does. */
public final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Waiting() {}

    /** A question that may fail. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what for the message, as in "the topic is gone"
     * @throws IllegalStateException if it still does not hold after the time
     */
    public static void until(String what, Duration patience, Condition condition) throws Exception {
        until(what, patience, PAUSE, condition);
    }

    /**
     * The same with a pause of its own between two looks, where looking costs what is measured.
     */
    public static void until(String what, Duration patience, Duration pause, Condition condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + patience.toSeconds() + " s in vain until " + what);
            }
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
    }
}
