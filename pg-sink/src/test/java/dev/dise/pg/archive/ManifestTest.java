package dev.dise.pg.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

    @Test
    void isReadAsItWasWritten() throws BrokenFileException {
        Manifest manifest = new Manifest(
                "tool_logs",
                "2026-01-05",
                1,
                "dise_g1 of 2026-01-01 00:00:00",
                3,
                Instant.parse("2026-01-05T00:00:00.000001Z"),
                Instant.parse("2026-01-05T23:59:59.999999Z"),
                99,
                "ab".repeat(32),
                List.of("id", "message"),
                Manifest.FORMAT,
                Instant.parse("2026-03-10T12:00:00Z"));
        assertThat(Manifest.decode("f", manifest.encode())).isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"rows\": \"many\"}", "{}", "not JSON"})
    void anythingElseIsBroken(String text) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> Manifest.decode("tool_logs/x.csv.zst", text.getBytes(UTF_8)))
                .withMessage("tool_logs/x.csv.zst.manifest.json is no manifest");
    }

    @Test
    void filesAreNamedByTableDayAndPart() {
        Slice day = Slice.of(new Leaf(DailyTable.TOOL_LOGS, DAY));
        assertThat(day.file(1)).isEqualTo("tool_logs/2026-01-05-p1.csv.zst");
        assertThat(day.isDay()).isTrue();
        Slice rest = Slice.ofRest(DailyTable.CONVERSATIONS, DAY);
        assertThat(rest.file(12)).isEqualTo("conversations/rest-p12.csv.zst");
        assertThat(rest.condition()).isEqualTo("event_time < TIMESTAMPTZ '2026-01-05 00:00:00Z'");
        assertThat(rest.isDay()).isFalse();
    }
}
