package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dise.gateway.logs.LogLine;
import dev.dise.gateway.loki.LokiBodies;
import dev.dise.gateway.loki.LokiPush;
import dev.dise.gateway.otlp.OtlpFormat;
import dev.dise.gateway.otlp.OtlpPush;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Supplier;
import org.xerial.snappy.Snappy;

/** Any body is a push or is refused as a whole, and each line of it an event or refused. How to fuzz: docs/testing.md. */
class PushFuzzTest {
    private static final DataReader READER = new DataReader();
    private static final Instant NOW = Instant.parse("2026-01-31T08:15:00Z");

    @FuzzTest
    void lokiJson(byte[] body) {
        check(() -> LokiPush.json(body).lines("tenant", NOW));
    }

    @FuzzTest
    void lokiProtobufAsItCame(byte[] body) {
        check(() -> {
            LokiPush.plainLength(body);
            return LokiPush.protobuf(body).lines(null, NOW);
        });
    }

    @FuzzTest
    void lokiProtobufWithoutItsSnappy(byte[] plain) throws IOException {
        byte[] body = Snappy.compress(plain);
        check(() -> LokiPush.protobuf(body).lines(null, NOW));
    }

    @FuzzTest
    void lokiLabels(byte[] labels) {
        byte[] body = LokiBodies.push(new String(labels, UTF_8), LokiBodies.entry(1, 2, "a line"));
        check(() -> LokiPush.protobuf(body).lines(null, NOW));
    }

    @FuzzTest
    void otlpJson(byte[] body) {
        check(() -> OtlpPush.read(OtlpFormat.JSON, body).lines(NOW));
    }

    @FuzzTest
    void otlpProtobuf(byte[] body) {
        check(() -> OtlpPush.read(OtlpFormat.PROTOBUF, body).lines(NOW));
    }

    private static void check(Supplier<Iterator<LogLine>> push) {
        try {
            push.get().forEachRemaining(PushFuzzTest::check);
        } catch (InvalidEventException e) {
            assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.TOO_LARGE);
        }
    }

    private static void check(LogLine line) {
        Event event;
        try {
            event = line.event();
        } catch (InvalidEventException e) {
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
            return;
        }
        try {
            READER.readFlat(EventType.LOG, event.data());
        } catch (InvalidEventException e) {
            // One of too many values or too long names: it costs itself.
            assertThat(e.violations()).isNotEmpty();
        }
    }
}
