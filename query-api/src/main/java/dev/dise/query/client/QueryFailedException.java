package dev.dise.query.client;

/** The query service gave no answer; the message is for a person and says what to do. */
public final class QueryFailedException extends RuntimeException {
    private final int status;

    QueryFailedException(int status, String message) {
        super(message);
        this.status = status;
    }

    QueryFailedException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The HTTP status, 0 if nothing answered at all. */
    public int status() {
        return status;
    }

    /** Whether nothing answered at the address. */
    public boolean isUnreachable() {
        return status == 0;
    }
}
