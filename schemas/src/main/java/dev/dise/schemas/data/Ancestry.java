package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tool made from another. */
public record Ancestry(
        String parentToolId,
        String childToolId,
        String relationshipType,
        @Nullable Map<String, ?> details) implements EventData {

    public Ancestry {
        Required.id("parent_tool_id", parentToolId);
        Required.id("child_tool_id", childToolId);
        Required.text("relationship_type", relationshipType);
    }

    /** With nothing optional. */
    public static Ancestry of(String parentToolId, String childToolId, String relationshipType) {
        return new Ancestry(parentToolId, childToolId, relationshipType, null);
    }

    /** The same with this details. */
    public Ancestry withDetails(Map<String, ?> newDetails) {
        return new Ancestry(parentToolId, childToolId, relationshipType, newDetails);
    }

    @Override
    public EventType type() {
        return EventType.ANCESTRY;
    }

    @Override
    public String subject() {
        return childToolId;
    }
}
