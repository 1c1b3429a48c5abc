package dev.dise.operations.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
public record Passing(
        ConsumerRecord<byte[], byte[]> record,
        @Nullable Envelope envelope,
        @Nullable ObjectNode data,
        String fault) {

    /** Reads what can be read; never fails. */
    public static Passing of(ConsumerRecord<byte[], byte[]> record) {
        List<String> faults = new ArrayList<>();
        Envelope envelope = envelope(record, faults);
        ObjectNode data = data(record.value(), faults);
        return new Passing(record, envelope, data, String.join("; ", faults));
    }

    /** When it happened; of what does not say so, when the broker got it. */
    public Instant time() {
        return envelope == null ? Instant.ofEpochMilli(record.timestamp()) : envelope.time();
    }

    /** A header as text; null if there is none. */
    public @Nullable String header(String name) {
        return header(record, name);
    }

    /** A field of the data as text; empty if there is none. */
    public String field(String name) {
        JsonNode value = data == null ? null : data.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** What it is about; of what does not say so, its key. */
    public String subject() {
        if (envelope != null) {
            return envelope.subject();
        }
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    /** How loud or severe it is, in the usual word; empty if it does not say. */
    public String level() {
        String level = field("log_level");
        if (!level.isEmpty()) {
            return LogLevel.parse(level).map(LogLevel::wireName).orElse(level);
        }
        String severity = field("severity");
        return Severity.parse(severity).map(Severity::wireName).orElse(severity);
    }

    /** What it says in a line, by its type; of a dead letter or what cannot be read, why. May have control characters. */
    public String says() {
        String reason = header(DeadLetterHeaders.REASON);
        if (reason != null) {
            return reason + " at " + orNothing(header(DeadLetterHeaders.STAGE)) + ": "
                    + orNothing(header(DeadLetterHeaders.MESSAGE));
        }
        if (!isReadable()) {
            return "undecodable, " + fault + ": " + raw().strip();
        }
        return switch (Objects.requireNonNull(envelope).type()) {
            case PERF_DATA -> field("metric_name") + " = " + field("metric_value") + " " + field("unit");
            case ANCESTRY -> field("relationship_type") + " " + field("parent_tool_id");
            case CONVERSATION -> field("role") + ": " + field("content");
            case DEBUG_DATA -> first("error", "context_name", "context_type") + " " + field("status");
            case DELETION -> "removes the " + field("target_type") + " " + field("target_id");
            default -> first("message", "error_message", "name", "tool_name", "content");
        };
    }

    /** Whether it is an event, and no dead letter. */
    public boolean isSound() {
        return isReadable() && header(DeadLetterHeaders.REASON) == null;
    }

    private boolean isReadable() {
        return fault.isEmpty();
    }

    private String first(String... fields) {
        return Stream.of(fields)
                .map(this::field)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The value as text, for what is no JSON. */
    public String raw() {
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
