package dev.dise.operations.jobs;

/** The same is being done already; the message says by whom. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(JobView running) {
        super("a " + running.kind() + " is running already: job " + running.id() + ", begun by " + running.by());
    }
}
