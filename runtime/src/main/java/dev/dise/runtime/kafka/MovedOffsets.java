package dev.dise.runtime.kafka;

import dev.dise.runtime.sink.Partition;

/**
 * Where records are after their topics were copied to other ones. Keeps the order: of two records of a partition the later
 * one has the larger offset there, too.
 */
@FunctionalInterface
public interface MovedOffsets {
    /** Everything is where it was. */
    MovedOffsets NONE = (partition, offset) -> offset;

    /** The offset there of what was at this offset; below 0 if the topics had lost it before they were copied. */
    long of(Partition partition, long offset);
}
