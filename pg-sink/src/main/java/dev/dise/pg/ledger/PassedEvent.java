package dev.dise.pg.ledger;

import java.util.UUID;

/** A record of a topic behind the first, by the event that it comes from. */
public record PassedEvent(String topic, int partition, long offset, UUID eventId) {}
