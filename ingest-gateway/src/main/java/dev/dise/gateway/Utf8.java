package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.InvalidEventException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Strict UTF-8, and characters that survive being written in it. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final int CHARS = 4096;

    private Utf8() {}

    /**
     * Refuses what is not UTF-8. Byte zero is legal UTF-8 but never legal JSON; with it, a JSON parser would take the text
     * for UTF-16 or UTF-32.
     *
     * @throws InvalidEventException without the bytes
     */
    static void require(byte[] bytes) {
        if (isPlain(bytes)) {
            return;
        }
        for (byte each : bytes) {
            if (each == 0) {
                throw Refusals.malformed("is not valid UTF-8 text: it has a zero byte");
            }
        }
        CharsetDecoder decoder = UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(CHARS);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(left, chars.clear(), true);
        }
        if (result.isError()) {
            throw Refusals.malformed("is not valid UTF-8");
        }
    }

    /** Whether every half of a surrogate pair has its other half; one alone would be written as a question mark. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether there is no zero byte and nothing above 127, eight bytes at a time. */
    private static boolean isPlain(byte[] bytes) {
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            if (((eight | (eight - LOW_BITS)) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < bytes.length; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }
}
