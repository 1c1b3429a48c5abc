package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-10T00:00:00Z, P1D, 2026-03-09",
        "2026-03-10T23:59:59Z, P1D, 2026-03-09",
        "2026-03-10T12:00:00Z, PT36H, 2026-03-09",
        "2026-03-10T11:59:59Z, PT36H, 2026-03-08",
        "2026-03-01T12:00:00Z, P30D, 2026-01-30",
    })
    void aDayStaysUntilItsLastMomentIsTooOld(Instant now, Duration kept, LocalDate first) {
        Retention retention = new Retention(Map.of("tool_logs", kept), now);
        assertThat(retention.firstKept(DailyTable.TOOL_LOGS)).contains(first);
        assertThat(retention.isOver(new Leaf(DailyTable.TOOL_LOGS, first))).isFalse();
        assertThat(retention.isOver(new Leaf(DailyTable.TOOL_LOGS, first.minusDays(1))))
                .isTrue();
    }

    @Test
    void aTableWithoutARetentionKeepsItsRowsForEver() {
        Retention retention = new Retention(Map.of("tool_logs", Duration.ofDays(1)), Instant.now());
        Leaf old = new Leaf(DailyTable.CONVERSATIONS, LocalDate.EPOCH);
        assertThat(retention.firstKept(old.table())).isEmpty();
        assertThat(retention.isOver(old)).isFalse();
    }

    @Test
    void aPartitionIsNamedByItsDay() {
        assertThat(new Leaf(DailyTable.TOOL_DEBUG_DATA, LocalDate.of(2026, 1, 2)).name())
                .isEqualTo("tool_debug_data_20260102");
        assertThat(DailyTable.named("tool_performance")).contains(DailyTable.TOOL_PERFORMANCE);
        assertThat(DailyTable.named("tool_bugs")).isEmpty();
    }
}
