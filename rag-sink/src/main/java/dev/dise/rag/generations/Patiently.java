package dev.dise.rag.generations;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tries again for two minutes what is unavailable: a rebuild of an hour is not to end for a moment's outage. */
final class Patiently {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Patiently() {}

    /** A call to a store. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws StoreUnavailableException;
    }

    /** A call without an answer. */
    @FunctionalInterface
    interface Action {
        void run() throws StoreUnavailableException;
    }

    static void run(Action action) {
        Boolean unused = call(() -> {
            action.run();
            return true;
        });
    }

    /**
     * The answer.
     *
     * @throws IllegalStateException if there is none after two minutes
     */
    static <T> T call(Call<T> call) {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                return call.make();
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            e.getMessage() + ", for two minutes: start it, and this again, which goes on", e);
                }
                Waiting.pause(PAUSE);
            }
        }
    }
}
