package dev.dise.runtime.generations;

/** The topic no longer holds all that a rebuild needs; the message has the numbers, and what to do. */
public final class GapException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public GapException(String message) {
        super(message);
    }
}
