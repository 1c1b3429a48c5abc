package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), new Random(7));

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "9, 25600", "10, 30000", "11, 30000"})
    void doublesUpToTheLongestAndCutsAtMostHalf(int failures, long full) {
        assertThat(backoff.after(failures)).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 64, 1_000, Integer.MAX_VALUE})
    void neverPassesTheLongestHoweverOftenItFails(int failures) {
        assertThat(backoff.after(failures)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void twoWorkersDoNotComeBackTogether() {
        Backoff other = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), new Random(8));
        assertThat(backoff.after(9)).isNotEqualTo(other.after(9));
    }

    @RepeatedTest(20)
    void theStandardOneBeginsWithATenthOfASecond() {
        assertThat(Backoff.standard().after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
