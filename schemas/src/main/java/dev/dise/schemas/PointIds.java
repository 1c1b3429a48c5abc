package dev.dise.schemas;

import java.util.UUID;

/** Which point of Qdrant holds an artifact: the same one on every machine and for ever, unlike a language's own hash. */
public final class PointIds {
    private PointIds() {}

    /** The point of an artifact, which is that of its first chunk. */
    public static UUID pointId(EventType type, String artifactId) {
        return EventIds.nameBased(type.wireName() + "/" + artifactId);
    }

    /**
     * The point of a chunk; the first chunk has the artifact's own.
     *
     * @param artifact the point of the artifact
     * @param index of the chunk, from 0
     */
    public static UUID pointId(UUID artifact, int index) {
        return index == 0 ? artifact : EventIds.nameBased(artifact + "#" + index);
    }
}
