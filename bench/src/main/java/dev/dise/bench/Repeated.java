package dev.dise.bench;

import java.util.ArrayList;
import java.util.List;

/** The results of one measurement that was made several times; its value is the median. */
public final class Repeated {
    private final List<Double> values = new ArrayList<>();

    /** Adds a result. */
    public void add(double value) {
        values.add(value);
    }

    /** The value in the middle; of at least one. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
