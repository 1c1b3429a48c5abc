package dev.dise.bench.rebuild;

/**
 * A span of time by {@link System#nanoTime}.
 *
 * @param from inclusive
 * @param to inclusive
 */
record Window(long from, long to) {
    double seconds() {
        return (to - from) / 1e9;
    }

    boolean has(long nanos) {
        return nanos >= from && nanos <= to;
    }
}
