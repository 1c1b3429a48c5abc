package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCutterTest {
    @Test
    void cutsElementsAsTheyCame() {
        assertThat(elements(" [ {\"é\":{\"x\":[1, 2.50]}} ,-1.5e3, \"a]\\\"\",[ ],null,true ] "))
                .containsExactly("{\"é\":{\"x\":[1, 2.50]}}", "-1.5e3", "\"a]\\\"\"", "[ ]", "null", "true");
        assertThat(elements("[]")).isEmpty();
    }

    @Test
    void cutsMembersAsTheyCame() {
        Map<String, JsonMember> members =
                JsonCutter.members("{\"id\":\"\\u00e9\" ,\"data\": { \"a\":1.0} , \"n\":null}".getBytes(UTF_8));
        assertThat(members).containsOnlyKeys("id", "data", "n");
        assertThat(members.get("id")).satisfies(id -> assertThat(id.text("id")).isEqualTo("é"));
        assertThat(members.get("data"))
                .satisfies(data -> assertThat(data.bytes()).asString(UTF_8).isEqualTo("{ \"a\":1.0}"));
        assertThat(members.get("n")).satisfies(n -> assertThat(n.isNull()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "[]", "{", "{}{}", "{} x", "{\"a\":1,\"a\":1}", "{\"a\":01}", "{'a':1}", "{\"a\":[}"})
    void refusesWhatIsNoObject(String json) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> JsonCutter.members(json.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1", "[1,]", "[1] 2", "[{]"})
    void refusesWhatIsNoArray(String json) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> elements(json))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    private static List<String> elements(String json) {
        return JsonCutter.elements(json.getBytes(UTF_8)).stream()
                .map(bytes -> new String(bytes, UTF_8))
                .toList();
    }
}
