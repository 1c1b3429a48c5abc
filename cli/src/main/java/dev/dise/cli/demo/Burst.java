package dev.dise.cli.demo;

import dev.dise.schemas.data.EventData;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A tool that logs in a tight loop, with the time that each call of {@code emit} took its thread.
 *
 * @param p99Micros microseconds that 99 of 100 calls stayed under
 */
record Burst(int lines, Duration took, double p50Micros, double p99Micros) {

    static Burst emit(int lines, Consumer<EventData> emitter) {
        long[] nanos = new long[lines];
        long begun = System.nanoTime();
        for (int i = 0; i < lines; i++) {
            EventData line = DemoEvents.logLine(i);
            long before = System.nanoTime();
            emitter.accept(line);
            nanos[i] = System.nanoTime() - before;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Arrays.sort(nanos);
        return new Burst(lines, took, micros(nanos, 0.50), micros(nanos, 0.99));
    }

    double perSecond() {
        return lines / Math.max(took.toNanos() / 1e9, 1e-9);
    }

    private static double micros(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1_000.0;
    }
}
