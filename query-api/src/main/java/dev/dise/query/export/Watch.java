package dev.dise.query.export;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends exports that take too long, or that whoever wanted them reads no more of: a transaction that stays open keeps
 * PostgreSQL from clearing away what was deleted. Thread-safe.
 */
final class Watch implements AutoCloseable {
    /** How long an export may take, and how long nothing may move. */
    record Limits(Duration whole, Duration stall) {
        static final Limits USUAL = new Limits(Duration.ofHours(1), Duration.ofSeconds(90));
    }

    private final Limits limits;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("query-exports").factory());

    Watch(Limits limits) {
        this.limits = limits;
    }

    /** Looks after the thread that calls, until closed. */
    Watched begin() {
        Watched watched = new Watched(Thread.currentThread());
        long every = Math.max(1, limits.stall().toMillis() / 10);
        ScheduledFuture<?> looking = looks.scheduleAtFixedRate(watched::look, every, every, TimeUnit.MILLISECONDS);
        watched.until(looking);
        return watched;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    /** One export. An interrupt ends what it waits for, be it PostgreSQL or whoever reads. */
    final class Watched implements AutoCloseable {
        private final Thread thread;
        private final long began = System.nanoTime();
        private long moved = began;
        private boolean over;
        private @Nullable ScheduledFuture<?> looking;

        private Watched(Thread thread) {
            this.thread = thread;
        }

        /** Something has moved. */
        synchronized void moves() {
            moved = System.nanoTime();
        }

        @Override
        public synchronized void close() {
            over = true;
            if (looking != null) {
                looking.cancel(false);
            }
        }

        private synchronized void until(ScheduledFuture<?> looks) {
            looking = looks;
        }

        private synchronized void look() {
            long now = System.nanoTime();
            boolean tooLong = now - began > limits.whole().toNanos();
            if (!over && (tooLong || now - moved > limits.stall().toNanos())) {
                thread.interrupt();
            }
        }
    }
}
