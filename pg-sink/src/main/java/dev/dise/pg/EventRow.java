package dev.dise.pg;

import java.time.Instant;
import java.util.UUID;

/**
 * A row that an event has made or last changed, without its values.
 *
 * @param table as readers know it
 * @param id the row's own number
 * @param eventId the event that it holds
 * @param eventTime when that happened
 * @param ingestedAt when it was written
 * @param sourceTopic where its record is
 */
public record EventRow(
        String table,
        long id,
        UUID eventId,
        Instant eventTime,
        Instant ingestedAt,
        String sourceTopic,
        int sourcePartition,
        long sourceOffset) {}
