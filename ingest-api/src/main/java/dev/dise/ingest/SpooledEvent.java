package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An event as bytes of the spool: a version, the time, seven texts of the envelope, the data untouched. A text is its length
 * in bytes and its UTF-8; a length of -1 is none.
 */
final class SpooledEvent {
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 1 + Long.BYTES + Integer.BYTES;

    private SpooledEvent() {}

    static byte[] encode(Event event) {
        Envelope envelope = event.envelope();
        EventType target = envelope.targetType();
        byte[][] texts = {
            bytes(envelope.id()),
            bytes(envelope.type().ceType()),
            bytes(envelope.source()),
            bytes(envelope.subject()),
            bytes(envelope.runId()),
            bytes(envelope.traceparent()),
            bytes(target == null ? null : target.wireName())
        };
        Instant time = envelope.time();
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        int size = FIXED_BYTES + event.data().length;
        for (byte[] text : texts) {
            size += Integer.BYTES + (text == null ? 0 : text.length);
        }
        ByteBuffer buffer =
                ByteBuffer.allocate(size).put(VERSION).putLong(seconds).putInt(nanos);
        for (byte[] text : texts) {
            put(buffer, text);
        }
        return buffer.put(event.data()).array();
    }

    /** Reads an event back; null if the bytes are none that {@link #encode} of this version has written. */
    static @Nullable Event decode(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return buffer.get() == VERSION ? read(buffer) : null;
        } catch (BufferUnderflowException
                | DateTimeException
                | ArithmeticException
                | NoSuchElementException
                | InvalidEventException e) {
            // Not ours, whatever it is: the caller counts it.
            return null;
        }
    }

    private static Event read(ByteBuffer buffer) {
        Instant time = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
        String id = required(buffer);
        EventType type = EventType.forCeType(required(buffer)).orElseThrow();
        String source = required(buffer);
        String subject = required(buffer);
        String runId = text(buffer);
        String traceparent = text(buffer);
        String target = text(buffer);
        Envelope envelope = new Envelope(
                id,
                type,
                source,
                subject,
                time,
                runId,
                traceparent,
                target == null ? null : EventType.forWireName(target).orElseThrow());
        byte[] data = new byte[buffer.remaining()];
        buffer.get(data);
        return new Event(envelope, data);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static void put(ByteBuffer buffer, byte @Nullable [] text) {
        buffer.putInt(text == null ? -1 : text.length);
        if (text != null) {
            buffer.put(text);
        }
    }

    private static String required(ByteBuffer buffer) {
        String text = text(buffer);
        if (text == null) {
            throw new NoSuchElementException("a part of the envelope");
        }
        return text;
    }

    private static @Nullable String text(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0) {
            return null;
        }
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        buffer.get(text);
        return new String(text, UTF_8);
    }
}
