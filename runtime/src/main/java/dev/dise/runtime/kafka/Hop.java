package dev.dise.runtime.kafka;

/**
 * How far a reader of a topic is.
 *
 * @param name who reads, as in {@code pg-sink}
 * @param topic what it reads
 * @param end records that the topic has had, over all partitions
 * @param read records that the reader is done with
 */
public record Hop(String name, String topic, long end, long read) {
    /** Records that wait. */
    public long lag() {
        return Math.max(0, end - read);
    }
}
