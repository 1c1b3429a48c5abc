package dev.dise.embedded.qdrant;

/** Reads the numbers that say how much a request wants. */
final class Limits {

    /** Far above what one answer can carry, and far from overflow. */
    private static final int MAX = 1_000_000;

    private Limits() {}

    static int limit(boolean isGiven, long value, int otherwise) {
        if (!isGiven) {
            return otherwise;
        }
        if (value == 0) {
            throw QdrantError.invalid("limit: value 0 invalid, must be 1 or larger");
        }
        return bounded(value);
    }

    /** The protocol's numbers are unsigned; a negative one here is a huge one. */
    static int bounded(long value) {
        return value < 0 ? MAX : (int) Math.min(value, MAX);
    }
}
