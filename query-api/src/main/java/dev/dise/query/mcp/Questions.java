package dev.dise.query.mcp;

import tools.jackson.databind.JsonNode;

/** Answers what the tools ask: in the service itself, or over HTTP. Called from many threads; may block. */
@FunctionalInterface
public interface Questions {
    /**
     * The answer as JSON.
     *
     * @throws UnansweredException if there is none; the message says why, and what would be right
     */
    JsonNode answer(Call call);
}
