package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventDecoderTest {
    private static final Event LOG = Event.of("urn:dise:test", Log.of("tool", LogLevel.INFO, "hello"));
    private static final Event DELETION = Event.of("urn:dise:test", Deletion.of(EventType.PLAN, "p"));

    private final EventDecoder decoder = new EventDecoder();

    @Test
    void readsWhatTheEdgeLetsThrough() {
        DecodedEvent event = decoder.decode(record(LOG));
        assertThat(event.envelope()).isEqualTo(LOG.envelope());
        assertThat(event.data().get("message").asString()).isEqualTo("hello");
        assertThat(decoder.decode(record(DELETION)).envelope().targetType()).isEqualTo(EventType.PLAN);
    }

    @Test
    void refusesARecordWithoutValueOrHeaders() {
        refused(Reason.MALFORMED, "has no value", changed(LOG, "", "", null));
        refused(
                Reason.ENVELOPE,
                "/ce_id is required",
                new SourceRecord(new Partition("t", 0), 0, Instant.EPOCH, null, new byte[] {1}, List.of()));
    }

    @Test
    void refusesDataThatTheSchemaForbids() {
        refused(Reason.MALFORMED, "is not one JSON document", changed(LOG, "", "", "{".getBytes(UTF_8)));
        refused(Reason.SCHEMA, "/tool_id is required", changed(LOG, "", "", "{}".getBytes(UTF_8)));
    }

    @Test
    void refusesASubjectThatIsNotTheDatas() {
        refused(
                Reason.ENVELOPE,
                "/subject must be the tool_id of the data",
                changed(LOG, EnvelopeHeaders.SUBJECT, "another", LOG.data()));
        refused(
                Reason.ENVELOPE,
                "/targettype must be the target_type of the data",
                changed(DELETION, EnvelopeHeaders.TARGET_TYPE, "tool", DELETION.data()));
    }

    private void refused(Reason reason, String explanation, SourceRecord record) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> decoder.decode(record))
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.explanation()).contains(explanation);
                });
    }

    private static SourceRecord record(Event event) {
        return new EventDeliveries(new Partition("t", 0)).record(event);
    }

    private static SourceRecord changed(Event event, String header, String text, byte @Nullable [] value) {
        SourceRecord record = record(event);
        List<SourceRecord.Header> headers = new ArrayList<>(record.headers());
        headers.replaceAll(
                old -> old.name().equals(header) ? new SourceRecord.Header(header, text.getBytes(UTF_8)) : old);
        return new SourceRecord(record.partition(), record.offset(), Instant.EPOCH, record.key(), value, headers);
    }
}
