package dev.dise.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bytes in the binary format of COPY (PostgreSQL manual, COPY, "Binary Format"): big-endian, each value behind its length. */
final class CopyBytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** The signature, no flags, no extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int NULL = -1;
    /** The first byte of every jsonb. */
    private static final byte JSONB_VERSION = 1;

    private byte[] bytes;
    private int size;

    CopyBytes(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    void header() {
        raw(HEADER);
    }

    /** Begins a row, or with -1 ends the whole. */
    void columns(int count) {
        reserve(2);
        bytes[size++] = (byte) (count >> 8);
        bytes[size++] = (byte) count;
    }

    void nothing() {
        integer(NULL);
    }

    void text(@Nullable String text) {
        if (text == null) {
            nothing();
        } else {
            value(text.getBytes(UTF_8));
        }
    }

    void jsonb(String json) {
        byte[] value = json.getBytes(UTF_8);
        integer(value.length + 1);
        reserve(1);
        bytes[size++] = JSONB_VERSION;
        raw(value);
    }

    void flag(boolean flag) {
        integer(1);
        reserve(1);
        bytes[size++] = (byte) (flag ? 1 : 0);
    }

    void int4(int value) {
        integer(Integer.BYTES);
        integer(value);
    }

    void int8(long value) {
        integer(Long.BYTES);
        eight(value);
    }

    void float8(double value) {
        int8(Double.doubleToLongBits(value));
    }

    void uuid(UUID value) {
        integer(2 * Long.BYTES);
        eight(value.getMostSignificantBits());
        eight(value.getLeastSignificantBits());
    }

    /** A value that is in its binary form already. */
    void value(byte[] value) {
        integer(value.length);
        raw(value);
    }

    private void integer(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    private void eight(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    private void raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
