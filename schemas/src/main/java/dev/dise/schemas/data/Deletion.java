package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import org.jspecify.annotations.Nullable;

/** Removes an entity; a version like any other, so an older update does not bring it back. */
public record Deletion(
        EventType targetType, String targetId, @Nullable String reason) implements EventData {

    public Deletion {
        Required.target("target_type", targetType);
        Required.id("target_id", targetId);
    }

    /** With nothing optional. */
    public static Deletion of(EventType targetType, String targetId) {
        return new Deletion(targetType, targetId, null);
    }

    /** The same with this reason. */
    public Deletion withReason(String newReason) {
        return new Deletion(targetType, targetId, newReason);
    }

    @Override
    public EventType type() {
        return EventType.DELETION;
    }

    @Override
    public String subject() {
        return targetId;
    }
}
