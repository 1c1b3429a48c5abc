package dev.dise.runtime.sink;

import java.time.Duration;

/** The store does not answer, or not now: the same call may work later. Costs time, never a dead letter. */
public final class StoreUnavailableException extends Exception {
    private final Kind kind;
    private final Duration leastWait;

    private enum Kind {
        AWAY,
        OVERLOAD,
        TOO_SLOW
    }

    public StoreUnavailableException(String message, Throwable cause) {
        this(Kind.AWAY, Duration.ZERO, message, cause);
    }

    private StoreUnavailableException(Kind kind, Duration leastWait, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.leastWait = leastWait;
    }

    /** The store was there but could not do so much in time: less at once may work where the same will not. */
    public static StoreUnavailableException overload(String message, Throwable cause) {
        return new StoreUnavailableException(Kind.OVERLOAD, Duration.ZERO, message, cause);
    }

    /** An overload in which nothing was waited for: the work itself took too long. */
    public static StoreUnavailableException tooSlow(String message, Throwable cause) {
        return new StoreUnavailableException(Kind.TOO_SLOW, Duration.ZERO, message, cause);
    }

    /** The store said how long it wants to be left alone. */
    public static StoreUnavailableException notBefore(Duration leastWait, String message, Throwable cause) {
        return new StoreUnavailableException(Kind.AWAY, leastWait, message, cause);
    }

    /** Whether less at once may work. */
    public boolean isOverload() {
        return kind != Kind.AWAY;
    }

    /** Whether the work itself took too long. */
    public boolean isTooSlow() {
        return kind == Kind.TOO_SLOW;
    }

    /** The least time to wait before trying again. */
    public Duration leastWait() {
        return leastWait;
    }
}
