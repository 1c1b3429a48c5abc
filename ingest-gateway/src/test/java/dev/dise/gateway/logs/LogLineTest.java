package dev.dise.gateway.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.LogLevel;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LogLineTest {
    private static final DataReader READER = new DataReader();

    @ParameterizedTest
    @ValueSource(strings = {"", "a line", "é 😀", "a NUL \u0000 and \u0001", "half a pair \ud83d é", "\udc00"})
    void anyMessageIsAnEventThatReadsTheSame(String message) {
        Event event = line(message).event();
        ObjectNode data = READER.read(EventType.LOG, event.data());
        assertThat(data.get("message").stringValue()).isEqualTo(message);
        assertThat(data.get("details").get("k").stringValue()).isEqualTo("v");
        assertThat(READER.readFlat(EventType.LOG, event.data()).get("log_level").stringValue())
                .isEqualTo("warning");
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> line("x".repeat(Event.MAX_DATA_BYTES)).event())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(InvalidEventException.Reason.TOO_LARGE));
    }

    private static LogLine line(String message) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("k", "v");
        return new LogLine("id", "urn:x", Instant.EPOCH, "t", LogLevel.WARNING, message, details, null);
    }
}
