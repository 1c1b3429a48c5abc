package dev.dise.operations.slice;

import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Duration;

/**
 * Tries again, for as long as it takes, what may work later.
 *
 * @param sleeper waits; a test's does not
 */
public record Patience(Backoff backoff, Sleeper sleeper) {
    /** With the line's usual pauses. */
    public static Patience standard() {
        return new Patience(Backoff.standard(), Thread::sleep);
    }

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** What may work later. */
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws StoreUnavailableException;
    }

    /**
     * Returns what the attempt gives in the end; the progress is told of each that failed.
     *
     * @throws IllegalStateException if it is interrupted while it waits
     */
    public <T> T with(SliceProgress progress, Attempt<T> attempt) {
        for (int failures = 1; ; failures++) {
            try {
                return attempt.make();
            } catch (StoreUnavailableException e) {
                progress.waiting(e.getMessage() + "; trying again");
                pause(longer(backoff.after(failures), e.leastWait()));
            }
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    /** Waits once. */
    public void pause(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the same again goes on from here", e);
        }
    }
}
