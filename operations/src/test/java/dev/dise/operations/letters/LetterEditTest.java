package dev.dise.operations.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterEditTest {
    @Test
    void setsValuesAtTheirPointers() {
        assertThat(edit("{\"a\":1,\"list\":[1,{\"b\":2}]}", "/a", "\"x\""))
                .isEqualTo("{\"a\":\"x\",\"list\":[1,{\"b\":2}]}");
        assertThat(edit("{\"list\":[1,{\"b\":2}]}", "/list/1/b", "null")).isEqualTo("{\"list\":[1,{\"b\":null}]}");
        assertThat(edit("{}", "/new", "{\"c\":[]}")).isEqualTo("{\"new\":{\"c\":[]}}");
        assertThat(edit("{\"list\":[1]}", "/list/0", "2")).isEqualTo("{\"list\":[2]}");
    }

    @Test
    void refusesWhatIsNowhere() {
        assertThatThrownBy(() -> edit("{}", "/a/b", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a/b");
        assertThatThrownBy(() -> edit("{\"list\":[1]}", "/list/1", "2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> edit("{}", "a", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> edit("no json", "/a", "1")).isInstanceOf(InvalidEventException.class);
    }

    private static String edit(String data, String pointer, String value) {
        LetterEdit edit = new LetterEdit.SetValues(Map.of(pointer, Json.mapper().readTree(value)));
        return new String(edit.apply(data.getBytes(UTF_8)), UTF_8);
    }
}
