package dev.dise.gateway.loki;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of a push.
 *
 * @param labels those of its stream, shared by all entries of it
 * @param time null if the push has none, which zero means too
 * @param line the line
 * @param bytes the line's own bytes in Base64 if they are not UTF-8, so that the line is not all of it
 * @param metadata structured metadata; empty if there is none
 */
record LokiEntry(
        ObjectNode labels,
        @Nullable Instant time,
        String line,
        @Nullable String bytes,
        ObjectNode metadata) {}
