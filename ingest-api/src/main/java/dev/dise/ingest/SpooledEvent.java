package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.Event;
import dev.dise.schemas.Topic;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * An event as bytes of the spool, ready to become a Kafka record: a version, the key, the number of headers, the name and
 * the value of each, the data untouched. A text is its length in bytes (two bytes) and its UTF-8.
 */
final class SpooledEvent {
    private static final byte VERSION = 1;
    private static final int MOST_HEADERS = 16;

    private SpooledEvent() {}

    static byte[] encode(Event event) {
        List<byte[]> texts = new ArrayList<>(2 * MOST_HEADERS);
        texts.add(event.envelope().subject().getBytes(UTF_8));
        event.headers((name, value) -> {
            texts.add(name.getBytes(UTF_8));
            texts.add(value.getBytes(UTF_8));
        });
        int size = 2 + event.data().length;
        for (byte[] text : texts) {
            size += Short.BYTES + text.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        buffer.put(VERSION).put((byte) (texts.size() / 2));
        for (byte[] text : texts) {
            buffer.putShort((short) text.length).put(text);
        }
        return buffer.put(event.data()).array();
    }

    /** The record to send; null if the bytes are none that {@link #encode} of this version has written. */
    static @Nullable ProducerRecord<byte[], byte[]> decode(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            byte version = buffer.get();
            int count = buffer.get();
            return version == VERSION && count > 0 && count <= MOST_HEADERS ? read(buffer, count) : null;
        } catch (BufferUnderflowException e) {
            // Not ours, whatever it is: the caller counts it.
            return null;
        }
    }

    private static ProducerRecord<byte[], byte[]> read(ByteBuffer buffer, int count) {
        byte[] key = text(buffer);
        List<Header> headers = new ArrayList<>(MOST_HEADERS);
        for (int i = 0; i < count; i++) {
            headers.add(new RecordHeader(new String(text(buffer), UTF_8), text(buffer)));
        }
        byte[] data = new byte[buffer.remaining()];
        buffer.get(data);
        return new ProducerRecord<>(Topic.EVENTS.topicName(), null, null, key, data, headers);
    }

    private static byte[] text(ByteBuffer buffer) {
        byte[] text = new byte[Short.toUnsignedInt(buffer.getShort())];
        buffer.get(text);
        return text;
    }
}
