package dev.dise.gateway.wire;

/** The body of a request will not come to its end. Carries no stack trace: it says nothing of where it began. */
public final class WireException extends RuntimeException {
    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The client sends too slowly, or not at all. */
        SLOW,
        /** The client has gone in the middle of it. */
        CUT_OFF,
        /** The server is being stopped. */
        STOPPING
    }

    WireException(Reason reason) {
        super("the body ended early: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Why, in one word. */
    public Reason reason() {
        return reason;
    }
}
