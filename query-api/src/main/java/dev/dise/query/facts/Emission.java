package dev.dise.query.facts;

import dev.dise.schemas.EventType;
import tools.jackson.databind.node.ObjectNode;

/** The way into the line. */
@FunctionalInterface
public interface Emission {
    /** Emits an event of these data, and returns its id once it is safe; blocks until then. */
    String emit(EventType type, ObjectNode data);
}
