package dev.dise.runtime.sink;

/** The store does not answer, or not now: the same call may work later. Costs time, never a dead letter. */
public final class StoreUnavailableException extends Exception {
    private final boolean overload;

    public StoreUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private StoreUnavailableException(String message, Throwable cause, boolean overload) {
        super(message, cause);
        this.overload = overload;
    }

    /** The store was there but could not do so much in time: less at once may work where the same will not. */
    public static StoreUnavailableException overload(String message, Throwable cause) {
        return new StoreUnavailableException(message, cause, true);
    }

    /** Whether less at once may work. */
    public boolean isOverload() {
        return overload;
    }
}
