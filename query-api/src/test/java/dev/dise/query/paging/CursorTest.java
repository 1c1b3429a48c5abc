package dev.dise.query.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Parameters FILTERS =
            new Parameters(Map.of("tool_id", List.of("a", "b"), "limit", List.of("5")));
    private static final RowPlace PLACE = new RowPlace(
            OffsetDateTime.parse("2026-02-03T04:05:06.000007Z"),
            UUID.fromString("01890000-0000-7000-8000-000000000001"),
            42,
            OffsetDateTime.parse("2026-01-01T00:00:00Z"));

    @Test
    void leadsBackToItsPlace() {
        String cursor = PLACE.cursor("/v1/logs", FILTERS);
        assertThat(RowPlace.parse("/v1/logs", FILTERS, cursor)).isEqualTo(PLACE);
        assertThat(cursor).matches("[A-Za-z0-9_-]{60,200}");
    }

    @Test
    void theSizeOfPagesAndTheOrderOfValuesMayDiffer() {
        String cursor = PLACE.cursor("/v1/logs", FILTERS);
        Parameters other =
                new Parameters(Map.of("tool_id", List.of("b", "a"), "limit", List.of("9"), "after", List.of(cursor)));
        assertThat(RowPlace.parse("/v1/logs", other, cursor)).isEqualTo(PLACE);
    }

    @Test
    void isRefusedWithAnotherListOrOtherFilters() {
        String cursor = PLACE.cursor("/v1/logs", FILTERS);
        Parameters fewer = new Parameters(Map.of("tool_id", List.of("a")));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> RowPlace.parse("/v1/logs", fewer, cursor))
                .withMessageStartingWith("after belongs to another list or to other filters");
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> RowPlace.parse("/v1/bugs", FILTERS, cursor));
    }

    @Test
    void everyChangedCharacterIsSeen() {
        String cursor = PLACE.cursor("/v1/logs", FILTERS);
        for (int i = 0; i < cursor.length(); i++) {
            String changed = cursor.substring(0, i) + (cursor.charAt(i) == 'A' ? 'B' : 'A') + cursor.substring(i + 1);
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> RowPlace.parse("/v1/logs", FILTERS, changed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AQ==", "ä", "' OR 1=1", "AAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> RowPlace.parse("/v1/logs", FILTERS, text))
                .withMessageStartingWith("after must be the next of an answer");
    }

    @Test
    void aPlaceOfAnotherKindIsNone() {
        String cursor = Cursor.of("/v1/logs", FILTERS, List.of("then", "there", "1", ""));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> RowPlace.parse("/v1/logs", FILTERS, cursor));
    }
}
