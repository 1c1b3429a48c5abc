package dev.dise.cli.imports;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One entry of a file of a DiSE memory: an object, or why it is none, or neither where the line is blank. */
record MemoryEntry(
        long number, @Nullable ObjectNode tree, @Nullable Refusal refusal) {

    static MemoryEntry of(long number, ObjectNode tree) {
        return new MemoryEntry(number, tree, null);
    }

    static MemoryEntry blank(long number) {
        return new MemoryEntry(number, null, null);
    }

    static MemoryEntry refused(long number, Refusal.Reason reason, String explanation) {
        return new MemoryEntry(number, null, new Refusal(reason, explanation));
    }
}
