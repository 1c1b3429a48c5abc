package dev.dise.gateway;

import java.util.concurrent.Semaphore;

/** Bounds the bytes of all bodies that are in memory at one time, so that many large requests cannot fill the heap. */
final class MemoryBudget {
    private static final int UNIT = 1024;

    private final Semaphore units;

    MemoryBudget(long bytes) {
        this.units = new Semaphore((int) Math.min(Integer.MAX_VALUE, bytes / UNIT));
    }

    /** Opens the share of a request, with nothing in it. */
    Share open() {
        return new Share();
    }

    /** What one request holds; of one thread. */
    final class Share implements AutoCloseable {
        private long bytes;
        private int taken;

        private Share() {}

        /**
         * Takes more.
         *
         * @throws ProblemException 503 if there is no room for it now
         */
        void grow(long more) {
            bytes += more;
            int missing = (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT) - taken;
            if (missing <= 0) {
                return;
            }
            if (!units.tryAcquire(missing)) {
                throw new ProblemException(Problem.busy());
            }
            taken += missing;
        }

        /** Gives all of it back. */
        @Override
        public void close() {
            units.release(taken);
            taken = 0;
        }
    }
}
