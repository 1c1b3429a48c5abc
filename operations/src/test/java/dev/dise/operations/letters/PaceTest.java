package dev.dise.operations.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long now;
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void keepsTheRateWhateverTheWorkTakes() {
        Pace pace = new Pace(40, () -> now, time -> {
            pauses.add(time);
            now += time.toNanos();
        });
        assertThat(pace.atOnce()).isEqualTo(10);
        pace.did(10);
        now += Duration.ofMillis(100).toNanos();
        pace.did(10);
        now += Duration.ofSeconds(5).toNanos();
        pace.did(10);
        assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(150));
    }

    @Test
    void withoutARateItDoesNotWait() {
        Pace pace = new Pace(0, () -> now, pauses::add);
        assertThat(pace.atOnce()).isEqualTo(100);
        pace.did(100);
        assertThat(pauses).isEmpty();
        assertThat(new Pace(1, () -> now, pauses::add).atOnce()).isEqualTo(1);
        assertThat(new Pace(1_000_000, () -> now, pauses::add).atOnce()).isEqualTo(100);
    }
}
