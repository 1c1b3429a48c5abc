package dev.dise.query.flow;

import dev.dise.runtime.kafka.Hop;
import java.util.List;

/**
 * The line at one moment.
 *
 * @param nanos when, by the clock that only goes forward
 * @param deadLetters how many there have been
 */
record Sample(long nanos, List<Hop> hops, long deadLetters) {
    Sample {
        hops = List.copyOf(hops);
    }

    double secondsSince(Sample earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }
}
