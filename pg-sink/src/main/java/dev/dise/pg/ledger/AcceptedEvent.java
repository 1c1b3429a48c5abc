package dev.dise.pg.ledger;

import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code dise.events}.
 *
 * @param acceptedAt when the topic got it, by the broker's clock
 * @param event what its headers say; null if the router refuses it
 * @param forPostgres whether the router sends it to PostgreSQL's topic
 * @param forQdrant whether the router sends it to Qdrant's topic
 */
public record AcceptedEvent(
        int partition,
        long offset,
        Instant acceptedAt,
        @Nullable Headers event,
        boolean forPostgres,
        boolean forQdrant) {

    /**
     * What an event says of itself.
     *
     * @param target what it is about: its own type, or of a deletion that of what it deletes
     * @param point in which Qdrant has it
     */
    public record Headers(UUID id, EventType type, EventType target, String subject, Instant time, UUID point) {}
}
