package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TimeSliceTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-10T12:00:00Z");
    private static final OffsetDateTime LONG_AGO = NOW.minusYears(100);

    @Test
    void beginsWithTodayAndEndsWithAllThePast() {
        OffsetDateTime midnight = OffsetDateTime.parse("2026-03-10T00:00:00Z");
        List<TimeSlice> slices = TimeSlice.of(null, null, NOW, LONG_AGO);
        assertThat(slices)
                .startsWith(
                        new TimeSlice(midnight, null),
                        new TimeSlice(midnight.minusDays(1), midnight),
                        new TimeSlice(midnight.minusDays(9), midnight.minusDays(1)),
                        new TimeSlice(midnight.minusDays(41), midnight.minusDays(9)))
                .endsWith(new TimeSlice(null, midnight.minusDays(393)));
    }

    @Test
    void whatIsOlderThanAllDaysIsOneSlice() {
        OffsetDateTime midnight = OffsetDateTime.parse("2026-03-10T00:00:00Z");
        assertThat(TimeSlice.of(null, null, NOW, midnight.minusDays(3)))
                .containsExactly(
                        new TimeSlice(midnight, null),
                        new TimeSlice(midnight.minusDays(1), midnight),
                        new TimeSlice(null, midnight.minusDays(1)));
        assertThat(new TimeSlice(null, null).isShort(NOW, midnight.minusDays(10)))
                .isTrue();
        assertThat(new TimeSlice(null, null).isShort(NOW, midnight.minusDays(20)))
                .isFalse();
        assertThat(new TimeSlice(midnight, null).isShort(NOW, midnight.minusDays(20)))
                .isTrue();
    }

    @Test
    void isAConditionOnTheTime() {
        assertThat(new TimeSlice(NOW, null).condition()).isEqualTo(new Condition("event_time >= ?", List.of(NOW)));
        assertThat(new TimeSlice(NOW, NOW).condition())
                .isEqualTo(new Condition("event_time >= ? AND event_time < ?", List.of(NOW, NOW)));
        assertThat(new TimeSlice(null, null).condition()).isEqualTo(new Condition("TRUE", List.of()));
    }

    @Test
    void aShortTimeIsOneSlice() {
        assertThat(TimeSlice.of(NOW.minusHours(1), null, NOW, LONG_AGO)).hasSize(1);
        assertThat(TimeSlice.of(NOW.minusHours(13), null, NOW, LONG_AGO)).hasSize(2);
        assertThat(TimeSlice.of(NOW.minusDays(700), NOW.minusDays(699).minusHours(12), NOW, LONG_AGO))
                .hasSize(1);
        assertThat(TimeSlice.of(NOW.plusHours(1), null, NOW, LONG_AGO)).hasSize(1);
        assertThat(TimeSlice.of(NOW, NOW.minusDays(1), NOW, LONG_AGO)).hasSize(1);
    }

    @RepeatedTest(20)
    void everyMomentThatIsAskedForIsInOneSlice() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        OffsetDateTime since = random.nextBoolean() ? null : NOW.minusHours(random.nextInt(20_000) - 500);
        OffsetDateTime until = random.nextBoolean() ? null : NOW.minusHours(random.nextInt(20_000) - 500);
        List<TimeSlice> slices = TimeSlice.of(since, until, NOW, LONG_AGO);
        for (int i = 0; i < 100; i++) {
            OffsetDateTime moment = NOW.minusHours(random.nextInt(22_000) - 600);
            boolean asked = (since == null || !moment.isBefore(since)) && (until == null || moment.isBefore(until));
            assertThat(slices.stream().filter(slice -> holds(slice, moment)))
                    .as("seed %d, %s", seed, moment)
                    .hasSize(asked ? 1 : 0);
        }
    }

    private static boolean holds(TimeSlice slice, OffsetDateTime moment) {
        return (slice.from() == null || !moment.isBefore(slice.from()))
                && (slice.to() == null || moment.isBefore(slice.to()));
    }
}
