package dev.dise.runtime.sink;

/** The store does not answer, or not now: the same call may work later. Costs time, never a dead letter. */
public final class StoreUnavailableException extends Exception {
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
