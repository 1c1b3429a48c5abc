package dev.dise.pg.generations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutyCycleTest {
    @ParameterizedTest
    @CsvSource({"100, 0.5, 100", "100, 0.25, 300", "100, 1, 0", "60000, 0.1, 10000"})
    void workHasItsShareOfWorkAndRest(long workedMillis, double share, long restMillis) {
        long rest = DutyCycle.restAfter(Duration.ofMillis(workedMillis).toNanos(), share);
        assertThat(Duration.ofNanos(rest)).isEqualTo(Duration.ofMillis(restMillis));
    }

    @Test
    void theLiveSinkIsLookedAtOnceASecondAtMost() {
        AtomicInteger looks = new AtomicInteger();
        DutyCycle cycle = new DutyCycle(0.5, () -> looks.incrementAndGet() < 0);
        for (int piece = 0; piece < 100; piece++) {
            cycle.pieceDone();
        }
        assertThat(looks).hasValue(1);
    }
}
