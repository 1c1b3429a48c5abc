package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;

/**
 * Looks for names of fields that may be secret in JSON bytes, without parsing them: a microsecond for a kilobyte, paid by
 * every event. May say yes where there is none; a parse decides then.
 */
final class SecretNames {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long COLONS = ':' * ONES;

    /** Lower case, without what stands between the words of a name. */
    private final byte[][] endings;

    SecretNames(Collection<String> words) {
        this.endings = words.stream()
                .map(word -> word.replace("_", "").getBytes(ISO_8859_1))
                .toArray(byte[][]::new);
    }

    boolean mayOccurIn(byte[] json) {
        for (int colon = nextColon(json, 1); colon < json.length; colon = nextColon(json, colon + 1)) {
            if (isAfterName(json, colon)) {
                return true;
            }
        }
        return false;
    }

    /** Eight bytes at a time: "Determine if a word has a zero byte" of Anderson's Bit Twiddling Hacks. */
    private static int nextColon(byte[] json, int from) {
        int at = from;
        for (; at + Long.BYTES <= json.length; at += Long.BYTES) {
            long word = (long) WORDS.get(json, at) ^ COLONS;
            long found = (word - ONES) & ~word & HIGH_BITS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < json.length && json[at] != ':') {
            at++;
        }
        return at;
    }

    private boolean isAfterName(byte[] json, int colon) {
        int quote = colon - 1;
        while (quote > 0 && json[quote] <= ' ' && json[quote] >= 0) {
            quote--;
        }
        return json[quote] == '"' && (endsSecretly(json, quote - 1) || hasEscapes(json, quote - 1));
    }

    /** Then the name may be any. */
    private static boolean hasEscapes(byte[] json, int last) {
        int at = last;
        while (at >= 0 && json[at] != '"') {
            if (json[at] == '\\') {
                return true;
            }
            at--;
        }
        return at > 0 && json[at - 1] == '\\';
    }

    private boolean endsSecretly(byte[] json, int last) {
        for (byte[] ending : endings) {
            if (endsWith(json, last, ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] json, int last, byte[] ending) {
        int at = last;
        for (int i = ending.length - 1; i >= 0; i--) {
            while (at > 0 && isBetweenWords(json[at])) {
                at--;
            }
            if (at < 0 || lower(json[at]) != ending[i]) {
                return false;
            }
            at--;
        }
        return true;
    }

    private static boolean isBetweenWords(byte each) {
        byte lower = lower(each);
        return each != '"' && (lower < 'a' || lower > 'z') && (each < '0' || each > '9');
    }

    private static byte lower(byte each) {
        return each >= 'A' && each <= 'Z' ? (byte) (each + 'a' - 'A') : each;
    }
}
