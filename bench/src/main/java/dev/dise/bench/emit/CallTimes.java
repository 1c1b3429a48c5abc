package dev.dise.bench.emit;

import java.util.Arrays;
import java.util.List;

/** How long each of many calls took, in nanoseconds. */
public final class CallTimes {
    private final long[] sorted;
    private final double seconds;

    private CallTimes(long[] sorted, double seconds) {
        this.sorted = sorted;
        this.seconds = seconds;
    }

    /**
     * Of several threads together.
     *
     * @param seconds how long the whole took
     */
    public static CallTimes of(List<long[]> threads, double seconds) {
        long[] all = threads.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new CallTimes(all, seconds);
    }

    /** The time in microseconds that this share of the calls did not exceed. */
    public double micros(double share) {
        int index = (int) Math.min(sorted.length - 1L, Math.round(share * sorted.length));
        return sorted[index] / 1000.0;
    }

    public double perSecond() {
        return sorted.length / seconds;
    }
}
