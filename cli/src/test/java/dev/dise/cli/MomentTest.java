package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-31T00:00:00Z",
        "2026-01-31T08:15:00Z, 2026-01-31T08:15:00Z",
        "2026-01-31T08:15:00+01:00, 2026-01-31T07:15:00Z",
        "36h, 2026-03-09T00:00:00Z",
        "10d, 2026-02-28T12:00:00Z"
    })
    void isATimeADayOrHowLongAgo(String text, Instant moment) {
        assertThat(Moment.parse(text, NOW)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-02-30", "2026-01-31T08:15", "10"})
    void nothingElseIsOne(String text) {
        assertThat(Moment.parse(text, NOW)).isEmpty();
    }
}
