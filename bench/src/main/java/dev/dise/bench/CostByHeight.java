package dev.dise.bench;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Notes when how many rows were committed, and so what a row costs in a small table and in a large one. */
final class CostByHeight implements LongConsumer {
    private static final long SMALL = 100_000;
    /** Rows over which a cost is taken: enough to even out single batches. */
    private static final long STRETCH = 500_000;

    private final NavigableMap<Long, Long> nanosByRows = new TreeMap<>();

    @Override
    public void accept(long rows) {
        nanosByRows.putIfAbsent(rows, System.nanoTime());
    }

    /** The cost of one of the last rows in terms of one of the first; the first of all warm up. */
    double lastToFirst() {
        return nanosEach(nanosByRows.lastKey() - STRETCH) / nanosEach(SMALL);
    }

    private double nanosEach(long from) {
        var begin = nanosByRows.ceilingEntry(from);
        var end = nanosByRows.floorEntry(from + STRETCH);
        if (begin == null || end == null || end.getKey() <= begin.getKey()) {
            throw new IllegalStateException("too few rows to tell what one costs");
        }
        return (double) (end.getValue() - begin.getValue()) / (end.getKey() - begin.getKey());
    }
}
