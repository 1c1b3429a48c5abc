package dev.dise.rag;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event does to an artifact.
 *
 * @param artifact the point of its first chunk
 * @param time of the event
 * @param content the artifact as it is now; null if it is deleted
 * @param chunks its chunks; none if it is deleted, or has no text
 */
record ArtifactChange(
        Delivery<DecodedEvent> delivery,
        UUID artifact,
        Instant time,
        @Nullable Artifact content,
        List<Chunk> chunks) {
    static ArtifactChange of(Delivery<DecodedEvent> delivery) {
        Envelope envelope = delivery.content().envelope();
        Instant time = EventTime.within(envelope.time());
        if (envelope.type() == EventType.DELETION) {
            return new ArtifactChange(delivery, target(envelope), time, null, List.of());
        }
        Artifact artifact = Artifact.from(delivery.content());
        UUID id = PointIds.pointId(artifact.type(), artifact.id());
        return new ArtifactChange(delivery, id, time, artifact, Chunks.of(artifact));
    }

    private static UUID target(Envelope deletion) {
        EventType type = deletion.targetType();
        if (type == null) {
            throw new IllegalStateException("a deletion without target type passed the decoder");
        }
        return PointIds.pointId(type, deletion.subject());
    }
}
