package dev.dise.query;

import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Store;

/**
 * Whether who reads a store sees an event by now: its row or its points, or of an entity a version that is no older. A
 * deletion is seen when it, or what came after it, is the entity's version.
 */
record Visibility(DatabaseConfig config, StoredRows rows, StoredPoints points, Moments moments) {
    private static final String WHAT = "visible";

    /** The answer; what is not visible may be so later, or was refused on the way and is a dead letter. */
    record Answer(String eventId, Store store, boolean visible) {}

    /** Answers {@code <id>/visible}. */
    Answer of(Question question) throws StoreUnavailableException {
        if (!question.behindFirstSegment().rest().equals(WHAT)) {
            throw new RefusedException(Problem.notFound("no such path; there is /v1/events/<id>/" + WHAT));
        }
        SoughtEvent event = SoughtEvent.of(question.firstSegment(), question.parameters(), moments);
        requireStored(event);
        boolean visible = event.store() == Store.POSTGRES ? rows.have(event) : points.have(event);
        return new Answer(event.id(), event.store(), visible);
    }

    private void requireStored(SoughtEvent event) {
        String type = event.type().wireName();
        if (!config.storage().stores(event.type())) {
            throw RefusedException.badValue("type", "must be one that is stored: the config says not to store " + type);
        }
        if (event.store() == Store.POSTGRES && !config.enabled()) {
            throw RefusedException.badValue("store", "must be qdrant: the config switches PostgreSQL off");
        }
        if (!config.storage().strategyFor(event.type()).stores(event.store())) {
            Store other = event.store() == Store.POSTGRES ? Store.QDRANT : Store.POSTGRES;
            throw RefusedException.badValue(
                    "store",
                    "must be " + other.wireName() + ": events of type " + type + " never go to "
                            + event.store().wireName());
        }
    }
}
