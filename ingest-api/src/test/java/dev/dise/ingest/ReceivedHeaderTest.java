package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceivedHeaderTest {
    private static final Event EVENT = Event.of("urn:dise:test", Log.of("t", LogLevel.INFO, "password=x"));
    private static final Instant TIME = Instant.parse("2026-01-31T08:15:00.123456789Z");

    @Test
    void whatADoorReceivedSaysWhenOnEveryWay() {
        Event received = EVENT.receivedAt(TIME);
        assertThat(header(EventRecords.encode(received))).isEqualTo("2026-01-31T08:15:00.123456Z");
        assertThat(header(SpooledEvent.decode(SpooledEvent.encode(received)))).isEqualTo("2026-01-31T08:15:00.123456Z");
        assertThat(header(EventRecords.encode(received.withRunId("r").withData(new byte[] {'{', '}'}))))
                .isNotNull();
    }

    @Test
    void whatNoDoorReceivedSaysNothing() {
        assertThat(header(EventRecords.encode(EVENT))).isNull();
        assertThat(header(SpooledEvent.decode(SpooledEvent.encode(EVENT)))).isNull();
    }

    private static @Nullable String header(@Nullable ProducerRecord<byte[], byte[]> record) {
        Header header = Objects.requireNonNull(record).headers().lastHeader("dise_received");
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
