package dev.dise.query.flow;

import dev.dise.runtime.kafka.Hop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges from samples how a reader keeps up. */
final class Keeping {
    /** What rates are taken over. */
    private static final double RATE_SECONDS = 10;
    /** A lag of what comes in so long is no lag. */
    private static final double AT_ONCE_SECONDS = 1;

    /** A reader that does nothing for so long stands still. */
    private static final double STILL_SECONDS = 4;

    private final List<Sample> samples;

    /** @param samples the oldest first, at least one */
    Keeping(List<Sample> samples) {
        this.samples = samples;
    }

    Reader of(Hop hop) {
        Sample now = samples.getLast();
        Sample before = before(RATE_SECONDS);
        double seconds = Math.max(1e-3, now.secondsSince(before));
        Hop then = hopIn(before, hop).orElse(hop);
        double in = (hop.end() - then.end()) / seconds;
        double out = (hop.read() - then.read()) / seconds;
        String state = state(hop, in, out);
        List<Double> delays = delays(hop);
        return new Reader(
                hop.name(),
                hop.topic(),
                hop.end(),
                hop.lag(),
                in,
                out,
                state,
                eta(hop, in, out, state),
                quantile(delays, 0.5),
                quantile(delays, 0.95));
    }

    private String state(Hop hop, double in, double out) {
        if (hop.lag() == 0 || hop.lag() <= in * AT_ONCE_SECONDS) {
            return "caught up";
        }
        if (standsStill(hop)) {
            return "stalled";
        }
        return out > in ? "draining" : "growing";
    }

    private boolean standsStill(Hop hop) {
        Sample then = before(STILL_SECONDS);
        return samples.getLast().secondsSince(then) >= STILL_SECONDS / 2
                && hopIn(then, hop).map(Hop::read).orElse(-1L) == hop.read();
    }

    private static @Nullable Double eta(Hop hop, double in, double out, String state) {
        return switch (state) {
            case "caught up" -> 0.0;
            case "draining" -> hop.lag() / Math.max(1e-3, out - in);
            default -> null;
        };
    }

    /** How long ago the topic ended where the reader was, at each sample: a bound of what a record waited. */
    private List<Double> delays(Hop hop) {
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Optional<Hop> at = hopIn(sample, hop);
            if (at.isPresent()) {
                delay(at.get(), i).ifPresent(delays::add);
            }
        }
        Collections.sort(delays);
        return delays;
    }

    private Optional<Double> delay(Hop hop, int index) {
        if (hop.lag() == 0) {
            return Optional.of(0.0);
        }
        for (int i = index; i >= 0; i--) {
            long end = hopIn(samples.get(i), hop).map(Hop::end).orElse(Long.MAX_VALUE);
            if (end <= hop.read()) {
                return Optional.of(samples.get(index).secondsSince(samples.get(i)));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** The newest sample that is at least so old; the oldest if none is. */
    private Sample before(double seconds) {
        Sample now = samples.getLast();
        return samples.reversed().stream()
                .filter(sample -> now.secondsSince(sample) >= seconds)
                .findFirst()
                .orElse(samples.getFirst());
    }

    private static Optional<Hop> hopIn(Sample sample, Hop hop) {
        return sample.hops().stream()
                .filter(other ->
                        other.name().equals(hop.name()) && other.topic().equals(hop.topic()))
                .findFirst();
    }
}
