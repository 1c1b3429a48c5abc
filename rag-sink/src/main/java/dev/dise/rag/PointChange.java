package dev.dise.rag;

import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.UUID;

/** One record of {@code dise.vectors}: a point at a new version, or its end. */
sealed interface PointChange {
    /** The point that changes. */
    UUID id();

    /** Write this point. */
    record Upsert(UUID id, PointStruct point) implements PointChange {}

    /** Remove it. */
    record Delete(UUID id) implements PointChange {}

    /**
     * Remove it without a trace, since its subject was forgotten.
     *
     * @param until the newest event time that is meant
     */
    record Forget(UUID id, Instant until) implements PointChange {}
}
