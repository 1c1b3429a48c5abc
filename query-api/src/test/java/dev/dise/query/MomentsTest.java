package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private final Moments moments = new Moments(Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-03-10T11:58:30Z",
        "30m, 2026-03-10T11:30:00Z",
        "2h,  2026-03-10T10:00:00Z",
        "7d,  2026-03-03T12:00:00Z",
        "2w,  2026-02-24T12:00:00Z",
        "0s,  2026-03-10T12:00:00Z"
    })
    void aDurationIsSoLongAgo(String text, String expected) {
        assertThat(moments.parse("since", text).toInstant()).isEqualTo(expected);
    }

    @Test
    void aTimeMayHaveAnOffsetWhosePlusWasLost() {
        assertThat(moments.parse("since", "2026-01-31T08:15:00.5Z").toInstant()).isEqualTo("2026-01-31T08:15:00.500Z");
        assertThat(moments.parse("since", "2026-01-31T08:15:00 02:00").toInstant())
                .isEqualTo("2026-01-31T06:15:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "2026-01-31", "2h30m", "-2h", "2 h", "99999999w", "+12345-01-01T00:00:00Z", "1e9s"})
    void saysWhatATimeIs(String text) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> moments.parse("until", text))
                .withMessageStartingWith("until must ");
    }
}
