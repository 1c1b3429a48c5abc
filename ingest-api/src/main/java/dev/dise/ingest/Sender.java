package dev.dise.ingest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that moves events from the outbox to Kafka. It alone waits where Kafka makes callers wait. Nobody would see it
 * die, so it ends only when told to.
 */
final class Sender {
    private static final Logger log = LoggerFactory.getLogger(ArtifactEmitter.class);
    private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

    private final Course course;
    private final Outbox outbox;
    private final Pauses pauses;
    private final Runnable chores;
    private final Thread thread = new Thread(this::run, "dise-emitter");

    /**
     * @param chores what else is to be done now and then, on this thread
     */
    Sender(Course course, Outbox outbox, Pauses pauses, Runnable chores) {
        this.course = course;
        this.outbox = outbox;
        this.pauses = pauses;
        this.chores = chores;
        thread.setDaemon(true);
        pauses.belongTo(thread);
    }

    void start() {
        thread.start();
    }

    /**
     * Ends the thread and its producer, whatever is under way; waits for the end for a while, interrupted or not, since what
     * is in memory is saved meanwhile.
     */
    void stop(Duration patience) {
        pauses.end();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                // The caller sees it where it looks for it.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        @Nullable Throwable failure = null;
        try {
            while (!pauses.isEnding()) {
                failure = failure == null ? failureOf(this::work) : failureOf(startAfresh(failure));
            }
        } finally {
            course.close();
        }
    }

    private void work() {
        // Interrupts are for those who wait for others; an interrupted thread could neither wait nor use Kafka.
        boolean ignored = Thread.interrupted();
        if (course.step()) {
            pauses.worked();
        } else {
            pauses.rest(() -> outbox.isEmpty() && course.isQuiet());
        }
        chores.run();
    }

    private Runnable startAfresh(Throwable failure) {
        return () -> {
            pauses.sleep(PAUSE_AFTER_FAILURE);
            log.atError().setCause(failure).log("emitter failed in a way that was not foreseen, begins again");
            course.startAfresh(failure);
        };
    }

    /** What it throws: a class that cannot be loaded, memory that is not there, a logger that fails. */
    private static @Nullable Throwable failureOf(Runnable work) {
        try {
            work.run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
