package dev.dise.ingest;

/** An event that Kafka has not acknowledged, and why. Carries no stack trace: where it was noticed says nothing. */
public final class NotDeliveredException extends Exception {
    private final String eventId;
    private final DropReason reason;

    NotDeliveredException(String eventId, DropReason reason) {
        super("event " + eventId + " was not delivered: " + reason, null, false, false);
        this.eventId = eventId;
        this.reason = reason;
    }

    /** The id of the event. */
    public String eventId() {
        return eventId;
    }

    /** Why, in one word. */
    public DropReason reason() {
        return reason;
    }
}
