package dev.dise.gateway;

import java.util.concurrent.Semaphore;

/** Bounds the bytes of all bodies that are in memory at one time, so that many large requests cannot fill the heap. */
final class BodyBudget {
    private static final int UNIT = 1024;

    private final Semaphore units;

    BodyBudget(int bytes) {
        this.units = new Semaphore(bytes / UNIT);
    }

    /**
     * Does what needs a body in memory.
     *
     * @param bytes its length, or the most it may have
     * @throws ProblemException 503 if there is no room for it now
     */
    void spend(long bytes, Runnable work) {
        int taken = (int) (Math.min(bytes, Limits.BODY_BYTES) / UNIT) + 1;
        if (!units.tryAcquire(taken)) {
            throw new ProblemException(Problem.of(
                    503, "BUSY", "too many requests at one time", "nothing of it was stored; send it again later"));
        }
        try {
            work.run();
        } finally {
            units.release(taken);
        }
    }
}
