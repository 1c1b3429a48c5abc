package dev.dise.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An envelope as record headers: the Kafka binding of CloudEvents 1.0 in binary mode. */
public final class EnvelopeHeaders {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String RUN_ID = "ce_runid";
    public static final String TARGET_TYPE = "ce_targettype";
    public static final String TRACEPARENT = "traceparent";
    public static final String CONTENT_TYPE = "content-type";
    /** When the gateway received the event, RFC 3339; not part of the envelope, and only of events that came that way. */
    public static final String RECEIVED = "dise_received";

    private static final DateTimeFormatter RFC_3339_MICROS = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private EnvelopeHeaders() {}

    /** All headers of the envelope, in a fixed order. */
    public static Map<String, String> encode(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        encode(envelope, headers::put);
        return headers;
    }

    /** Gives all headers of the envelope, name and value, in a fixed order. */
    public static void encode(Envelope envelope, BiConsumer<String, String> header) {
        header.accept(SPEC_VERSION, "1.0");
        header.accept(ID, envelope.id());
        header.accept(TYPE, envelope.type().ceType());
        header.accept(SOURCE, envelope.source());
        header.accept(SUBJECT, envelope.subject());
        header.accept(TIME, formatTime(envelope.time()));
        header.accept(CONTENT_TYPE, "application/json");
        acceptIfPresent(header, RUN_ID, envelope.runId());
        acceptIfPresent(header, TRACEPARENT, envelope.traceparent());
        EventType target = envelope.targetType();
        acceptIfPresent(header, TARGET_TYPE, target == null ? null : target.wireName());
    }

    /**
     * Reads an envelope back.
     *
     * @param header value of a header by name, or null if there is none
     * @throws InvalidEventException if a header is missing or says something impossible; its path names the header
     */
    public static Envelope decode(Function<String, @Nullable String> header) {
        String targetType = header.apply(TARGET_TYPE);
        return new Envelope(
                required(header, ID),
                parseType(required(header, TYPE)),
                required(header, SOURCE),
                required(header, SUBJECT),
                parseTime(required(header, TIME)),
                header.apply(RUN_ID),
                header.apply(TRACEPARENT),
                targetType == null ? null : parseTargetType(targetType));
    }

    /** RFC 3339 in UTC with six digits of a second, as in {@code 2026-01-31T08:15:00.000001Z}. */
    public static String formatTime(Instant time) {
        String usual = UsualTime.format(time);
        return usual == null ? RFC_3339_MICROS.format(time) : usual;
    }

    /**
     * Reads an RFC 3339 time.
     *
     * @throws InvalidEventException if the text is not one, with its offset
     */
    public static Instant parseTime(String text) {
        Instant usual = UsualTime.parse(text);
        if (usual != null) {
            return usual;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw InvalidEventException.of("/time", "must be an RFC 3339 time such as 2026-01-31T08:15:00Z", text);
        }
    }

    /**
     * Reads a CloudEvents type.
     *
     * @throws InvalidEventException if there is no such type
     */
    public static EventType parseType(String ceType) {
        return EventType.forCeType(ceType)
                .orElseThrow(() -> InvalidEventException.of(
                        "/type",
                        "must be dise.<type>.v1 with one of " + String.join(", ", EventType.wireNames()),
                        ceType));
    }

    private static EventType parseTargetType(String wireName) {
        return EventType.forWireName(wireName)
                .orElseThrow(() -> InvalidEventException.of(
                        "/targettype", "must be one of " + String.join(", ", EventType.wireNames()), wireName));
    }

    private static String required(Function<String, @Nullable String> header, String name) {
        String value = header.apply(name);
        if (value == null) {
            throw InvalidEventException.of("/" + name, "is required", null);
        }
        return value;
    }

    private static void acceptIfPresent(BiConsumer<String, String> header, String name, @Nullable String value) {
        if (value != null) {
            header.accept(name, value);
        }
    }
}
