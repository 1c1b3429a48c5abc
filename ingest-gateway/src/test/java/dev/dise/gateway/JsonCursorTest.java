package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"é\":{\"x\":[1, 2.50]}}",
                "-1.5e3",
                "\"a]\\\"\"",
                "\"\\\\\"",
                "[ ]",
                "{}",
                "null",
                "[[{\"}\":\"]\"},[{}]], \"\\u0022\"]"
            })
    void goesOverAValueAsItCame(String value) {
        JsonCursor cursor = new JsonCursor((" \n" + value + " ,1").getBytes(UTF_8));
        assertThat(cursor.peek()).isEqualTo(value.charAt(0));
        int from = cursor.at();
        cursor.skipValue();
        assertThat(cursor.at() - from).isEqualTo(value.getBytes(UTF_8).length);
        assertThat(cursor.nextOrEnd(']')).isTrue();
    }

    @Test
    void readsStringsEscapedOrNot() {
        JsonCursor cursor = new JsonCursor("\"é\" \"\\u00e9\\n\"".getBytes(UTF_8));
        assertThat(cursor.string()).isEqualTo("é");
        assertThat(cursor.string()).isEqualTo("é\n");
        cursor.expectEnd();
    }

    @Test
    void goesOverNestingOfAnyDepth() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        JsonCursor cursor = new JsonCursor(deep.getBytes(UTF_8));
        cursor.skipValue();
        cursor.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[}", "{]", "\"", "\"\\", "\"\\\"", "[\"]", "[[]", "{\"a\":[}]", "]", ",", ":"})
    void refusesWhatHasNoEnd(String json) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> new JsonCursor(json.getBytes(UTF_8)).skipValue())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
}
