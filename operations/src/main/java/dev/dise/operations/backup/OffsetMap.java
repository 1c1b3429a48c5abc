package dev.dise.operations.backup;

import java.util.Arrays;

/**
 * Where the records of one partition are after they were written to an empty one, which has no holes: a short list of ranges
 * that moved alike. A hole leads to the record behind it; what was before the oldest record gets a negative offset, in order.
 */
final class OffsetMap {
    private final long begin;
    private long[] from = new long[4];
    private long[] shift = new long[4];
    private int ranges;
    private long count;

    /**
     * @param begin the oldest offset of the partition
     */
    OffsetMap(long begin) {
        this.begin = begin;
    }

    /**
     * Adds a record, behind those that were added.
     *
     * @return its new offset
     */
    long add(long offset) {
        long moved = offset - count;
        if (ranges == 0 || shift[ranges - 1] != moved) {
            if (ranges == from.length) {
                from = Arrays.copyOf(from, 2 * ranges);
                shift = Arrays.copyOf(shift, 2 * ranges);
            }
            from[ranges] = offset;
            shift[ranges] = moved;
            ranges++;
        }
        return count++;
    }

    /** How many records there are. */
    long count() {
        return count;
    }

    /** The new offset of the record at this one, or of the next behind it. */
    long of(long offset) {
        if (offset < begin) {
            return offset - begin;
        }
        int found = Arrays.binarySearch(from, 0, ranges, offset);
        int range = found >= 0 ? found : -found - 2;
        if (range < 0) {
            return 0;
        }
        long next = range + 1 < ranges ? from[range + 1] - shift[range + 1] : count;
        return Math.min(offset - shift[range], next);
    }
}
