package dev.dise.rag;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A point of the live collection, without its vectors and texts.
 *
 * @param artifact the point of the first chunk of its artifact
 * @param type wire name of the artifact's type; empty of a deleted point
 * @param artifactId empty of a deleted point
 * @param chunk which chunk it is, from 0
 * @param chunks how many the artifact has
 * @param eventId the event that it holds; empty of a deleted point
 * @param eventTime when that happened; null if the point does not say
 * @param sourceTopic where its event's record is; empty of a deleted point
 * @param model what embedded it
 * @param deleted whether only its end is kept
 */
public record StoredPoint(
        UUID id,
        UUID artifact,
        String type,
        String artifactId,
        int chunk,
        int chunks,
        String eventId,
        @Nullable Instant eventTime,
        String sourceTopic,
        int sourcePartition,
        long sourceOffset,
        String model,
        boolean deleted) {}
