package dev.dise.ingest;

import java.time.Duration;

/** The thread that moves events from the outbox to Kafka. It alone waits where Kafka makes callers wait. */
final class Sender {
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

    /** Ends the thread and its producer, whatever is under way; waits for the end for a while. */
    void stop(Duration patience) throws InterruptedException {
        pauses.end();
        thread.join(Math.max(1, patience.toMillis()));
    }

    private void run() {
        try {
            while (!pauses.isEnding()) {
                if (course.step()) {
                    pauses.worked();
                } else {
                    pauses.rest(outbox);
                }
                chores.run();
            }
        } finally {
            course.close();
        }
    }
}
