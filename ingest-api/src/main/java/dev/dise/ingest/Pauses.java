package dev.dise.ingest;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How the sender's thread waits. While there is traffic it looks again every millisecond, so that callers need not wake it,
 * which would cost them more than all the rest; after a while without work it looks less often, or sleeps until it is woken.
 */
final class Pauses {
    private static final long LIGHT_SLEEP = Duration.ofMillis(1).toNanos();
    private static final int LIGHT_SLEEPS = 50;
    private static final long SHORT_SLEEP = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_SLEEP = Duration.ofSeconds(1).toNanos();

    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean ending;
    private volatile Thread thread = Thread.currentThread();
    private int idle;

    /** Says whose pauses they are. */
    void belongTo(Thread owner) {
        thread = owner;
    }

    /** Says that there is something to do; costs nothing while the thread is awake. On any thread. */
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** The thread is to end. */
    void end() {
        ending = true;
        LockSupport.unpark(thread);
    }

    boolean isEnding() {
        return ending;
    }

    void worked() {
        idle = 0;
    }

    /**
     * There was nothing to do.
     *
     * @param isQuiet whether there will be nothing either until somebody calls {@link #wake}
     */
    void rest(BooleanSupplier isQuiet) {
        if (idle++ < LIGHT_SLEEPS) {
            sleep(LIGHT_SLEEP);
            return;
        }
        // In this order: who adds something after the look sees that it must wake us.
        asleep.set(true);
        if (!ending) {
            sleep(isQuiet.getAsBoolean() ? LONGEST_SLEEP : SHORT_SLEEP);
        }
        asleep.set(false);
    }

    void sleep(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }
}
