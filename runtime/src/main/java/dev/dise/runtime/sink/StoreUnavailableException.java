package dev.dise.runtime.sink;

import java.time.Duration;

/** The store does not answer, or not now: the same call may work later. Costs time, never a dead letter. */
public final class StoreUnavailableException extends Exception {
    private final boolean overload;
    private final Duration wait;

    public StoreUnavailableException(String message, Throwable cause) {
        this(message, cause, false, Duration.ZERO);
    }

    private StoreUnavailableException(String message, Throwable cause, boolean overload, Duration wait) {
        super(message, cause);
        this.overload = overload;
        this.wait = wait;
    }

    /** The store was there but could not do so much in time: less at once may work where the same will not. */
    public static StoreUnavailableException overload(String message, Throwable cause) {
        return new StoreUnavailableException(message, cause, true, Duration.ZERO);
    }

    /** The store said how long it wants to be left alone. */
    public static StoreUnavailableException notBefore(Duration wait, String message, Throwable cause) {
        return new StoreUnavailableException(message, cause, false, wait);
    }

    /** Whether less at once may work. */
    public boolean isOverload() {
        return overload;
    }

    /** The least time to wait before trying again. */
    public Duration leastWait() {
        return wait;
    }
}
