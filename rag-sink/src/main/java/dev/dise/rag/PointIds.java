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
}
