package dev.dise.pg;

import java.time.Instant;
import java.util.UUID;

/**
 * Which version of an entity the database has.
 *
 * @param eventId the event that made it so
 * @param eventTime when that happened
 * @param deleted whether that event was its deletion
 */
public record EntityVersion(UUID eventId, Instant eventTime, boolean deleted) {}
