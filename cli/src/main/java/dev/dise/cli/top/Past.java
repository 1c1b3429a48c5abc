package dev.dise.cli.top;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** The newest values of a rate, as a line of blocks: the highest of them fills its block. */
final class Past {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private final int kept;
    private final Deque<Double> values = new ArrayDeque<>();

    /** Keeps at most so many. */
    Past(int kept) {
        this.kept = kept;
    }

    void add(double value) {
        values.addLast(value);
        if (values.size() > kept) {
            values.removeFirst();
        }
    }

    double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    String line() {
        double highest = highest();
        return values.stream().map(value -> block(value, highest)).collect(Collectors.joining());
    }

    private static String block(double value, double highest) {
        int index = highest <= 0 ? 0 : (int) Math.round(value / highest * (BLOCKS.length() - 1));
        return BLOCKS.substring(index, index + 1);
    }
}
