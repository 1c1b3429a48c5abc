package dev.dise.query.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.kafka.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Samples of half a minute, two a second; a reader that begins with a thousand records before it. */
class KeepingTest {
    private static final int SAMPLES = 60;

    @Test
    void whoIsAtTheEndIsCaughtUp() {
        Reader reader = reader(i -> 50L * i, i -> 50L * i);
        assertThat(reader.state()).isEqualTo("caught up");
        assertThat(reader.etaSeconds()).isZero();
        assertThat(reader.rateIn()).isEqualTo(100);
        assertThat(reader.delayP95Seconds()).isZero();
    }

    @Test
    void whoIsFasterThanWhatComesDrains() {
        Reader reader = reader(i -> 100_000 + 50L * i, i -> 550L * i);
        assertThat(reader.state()).isEqualTo("draining");
        assertThat(reader.etaSeconds()).isEqualTo((100_000 + 50L * 59 - 550L * 59) / 1000.0);
    }

    @Test
    void whoIsSlowerFallsBehindForEver() {
        Reader reader = reader(i -> 500L * i, i -> 50L * i);
        assertThat(reader.state()).isEqualTo("growing");
        assertThat(reader.etaSeconds()).isNull();
        assertThat(reader.delayP95Seconds()).isGreaterThan(20);
    }

    @Test
    void whoDoesNothingStandsStill() {
        assertThat(reader(i -> 500L * i, i -> 0).state()).isEqualTo("stalled");
    }

    @Test
    void whatCameThisSecondIsNoLag() {
        assertThat(reader(i -> 500L * i, i -> Math.max(0, 500L * (i - 1))).state())
                .isEqualTo("caught up");
    }

    @Test
    void oneSampleSaysLittleAndDoesNotFail() {
        Hop hop = new Hop("pg-sink", "dise.bulk", 10, 4);
        Reader reader = new Keeping(List.of(new Sample(0, List.of(hop), 0))).of(hop);
        assertThat(reader.lag()).isEqualTo(6);
        assertThat(reader.delayP50Seconds()).isNull();
    }

    private static Reader reader(IntToLongFunction end, IntToLongFunction read) {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, SAMPLES)
                .forEach(i -> samples.add(new Sample(
                        i * 500_000_000L,
                        List.of(new Hop("pg-sink", "dise.bulk", end.applyAsLong(i), read.applyAsLong(i))),
                        0)));
        return new Keeping(samples).of(samples.getLast().hops().getFirst());
    }
}
