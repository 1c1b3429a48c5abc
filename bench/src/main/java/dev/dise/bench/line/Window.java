package dev.dise.bench.line;

/**
 * A span of time by {@link System#nanoTime}.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record Window(long from, long to) {
    public double seconds() {
        return (to - from) / 1e9;
    }

    public boolean has(long nanos) {
        return nanos >= from && nanos <= to;
    }
}
