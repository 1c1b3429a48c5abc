package dev.dise.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that passes, with as much of an event as can be read of it.
 *
 * @param envelope null if its headers are none
 * @param data null if its value is no JSON object
 * @param fault what cannot be read; empty if all can
 */
record Passing(
        ConsumerRecord<byte[], byte[]> record,
        @Nullable Envelope envelope,
        @Nullable ObjectNode data,
        String fault) {

    static Passing of(ConsumerRecord<byte[], byte[]> record) {
        List<String> faults = new ArrayList<>();
        Envelope envelope = envelope(record, faults);
        ObjectNode data = data(record.value(), faults);
        return new Passing(record, envelope, data, String.join("; ", faults));
    }

    /** When it happened; of what does not say so, when the broker got it. */
    Instant time() {
        return envelope == null ? Instant.ofEpochMilli(record.timestamp()) : envelope.time();
    }

    /** A header as text; null if there is none. */
    @Nullable
    String header(String name) {
        return header(record, name);
    }

    /** A field of the data as text; empty if there is none. */
    String field(String name) {
        JsonNode value = data == null ? null : data.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** What it is about; of what does not say so, its key. */
    String subject() {
        if (envelope != null) {
            return envelope.subject();
        }
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    /** How loud or severe it is, in the usual word; empty if it does not say. */
    String level() {
        String level = field("log_level");
        if (!level.isEmpty()) {
            return LogLevel.parse(level).map(LogLevel::wireName).orElse(level);
        }
        String severity = field("severity");
        return Severity.parse(severity).map(Severity::wireName).orElse(severity);
    }

    /** The value as text, for what is no JSON. */
    String raw() {
        return record.value() == null ? "" : new String(record.value(), UTF_8);
    }

    private static @Nullable Envelope envelope(ConsumerRecord<byte[], byte[]> record, List<String> faults) {
        try {
            return EnvelopeHeaders.decode(name -> header(record, name));
        } catch (InvalidEventException e) {
            // Whoever wrote it had no emitter; it is shown as what it is.
            faults.add("no envelope: " + e.explanation());
            return null;
        }
    }

    private static @Nullable ObjectNode data(byte @Nullable [] value, List<String> faults) {
        if (value == null) {
            faults.add("no value");
            return null;
        }
        try {
            if (Json.parse(value) instanceof ObjectNode object) {
                return object;
            }
            faults.add("the value is no JSON object");
        } catch (InvalidEventException e) {
            faults.add(e.explanation());
        }
        return null;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
