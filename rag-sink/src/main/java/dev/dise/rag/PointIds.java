package dev.dise.rag;

import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.util.UUID;

/** Which point holds an artifact: the same one on every machine and for ever, unlike a language's own hash. */
final class PointIds {
    private PointIds() {}

    static UUID pointId(EventType type, String artifactId) {
        return EventIds.nameBased(type.wireName() + "/" + artifactId);
    }

    /**
     * The point of a chunk; the first chunk has the artifact's own.
     *
     * @param artifact the point of the artifact
     * @param index of the chunk, from 0
     */
    static UUID pointId(UUID artifact, int index) {
        return index == 0 ? artifact : EventIds.nameBased(artifact + "#" + index);
    }
}
