package dev.dise.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DurationTextTest {
    private final List<String> mistakes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "0ms,PT0S", "20s,PT20S", "90s,PT1M30S", "5m,PT5M", "2h,PT2H", "30d,P30D"})
    void isReadAndWrittenTheSame(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "s", "-1s", "1.5s", "1s500ms", "20 s", "20S", "PT20S", "1w", "99999999999s"})
    void anythingElseIsNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Test
    void aSettingThatIsMissingIsItsDefault() {
        assertThat(read(JsonNodeFactory.instance.objectNode())).isEqualTo(Duration.ofSeconds(20));
        assertThat(read(setting(" 5m "))).isEqualTo(Duration.ofMinutes(5));
        assertThat(mistakes).isEmpty();
    }

    @Test
    void aSettingThatIsNoneOrOutOfItsBoundsIsAMistake() {
        read(setting("soon"));
        read(setting("999ms"));
        read(setting("2h"));
        assertThat(mistakes)
                .containsExactly(
                        "x.wait must be a time span such as 500ms, 20s, 5m, 2h or 30d but is 'soon'",
                        "x.wait must be from 1s to 1h but is 999ms",
                        "x.wait must be from 1s to 1h but is 2h");
    }

    private Duration read(ObjectNode node) {
        return new Section("x", node, mistakes)
                .duration("wait", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofHours(1));
    }

    private static ObjectNode setting(String text) {
        return JsonNodeFactory.instance.objectNode().put("wait", text);
    }
}
