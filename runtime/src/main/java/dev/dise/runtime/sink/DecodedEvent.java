package dev.dise.runtime.sink;

import dev.dise.schemas.Envelope;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as a sink sees it.
 *
 * @param data valid by its schema, vocabularies in their usual form; an absent field and a null one are told apart
 */
public record DecodedEvent(Envelope envelope, ObjectNode data) {}
