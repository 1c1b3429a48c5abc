package dev.dise.pg.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A point of Qdrant, by its version.
 *
 * @param time of the event that it is of
 * @param eventId of that event; null if the point does not say, as the marker of an end does not
 * @param isEnd whether it is the marker of what was deleted
 */
public record PointEntry(UUID point, Instant time, @Nullable UUID eventId, boolean isEnd) {}
