package dev.dise.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.PerfData;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void takesSubjectAndTypeFromItsData() {
        Event event = Event.of("urn:dise:test", Log.of("parse_json", LogLevel.WARNING, "slow"));
        assertThat(event.envelope().subject()).isEqualTo("parse_json");
        assertThat(new String(event.data(), UTF_8))
                .isEqualTo("{\"tool_id\":\"parse_json\",\"log_level\":\"warning\",\"message\":\"slow\"}");
    }

    @Test
    void aDeletionCarriesTheTypeOfItsTargetInTheEnvelope() {
        Event event = Event.of("urn:dise:test", Deletion.of(EventType.CODE_FIX, "fix-1"));
        assertThat(event.envelope().targetType()).isEqualTo(EventType.CODE_FIX);
        assertThat(event.envelope().subject()).isEqualTo("fix-1");
    }

    @Test
    void whatCannotBeStoredCannotBeMade() {
        assertRefused(() -> Log.of("", LogLevel.INFO, "m"));
        assertRefused(() -> Log.of(" ", LogLevel.INFO, "m"));
        assertRefused(() -> PerfData.of("t", "latency", Double.NaN));
        assertRefused(() -> Deletion.of(EventType.LOG, "t"));
        assertRefused(() -> new Event(
                Envelope.of("i", EventType.LOG, "s", "t", Instant.EPOCH), new byte[Event.MAX_DATA_BYTES + 1]));
    }

    @Test
    void anyIdHasOneUuid() {
        String id = EventIds.next();
        assertThat(EventIds.asUuid(id)).isEqualTo(UUID.fromString(id));
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(EventIds.asUuid("tool_1").version()).isEqualTo(5);
        assertThat(EventIds.asUuid("tool_1")).isEqualTo(UUID.fromString("0e33d2cf-802a-5b7b-9b3e-61f6f5027715"));
        assertThat(EventIds.asUuid("x".repeat(36)).version()).isEqualTo(5);
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(making);
    }
}
