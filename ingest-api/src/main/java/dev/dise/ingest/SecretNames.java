package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;

/**
 * Looks for names of fields that may be secret in JSON bytes, without parsing them: a microsecond for a kilobyte, paid by
 * every event. May say yes where there is none; a parse decides then.
 */
final class SecretNames {
    /** Lower case, without what stands between the words of a name. */
    private final byte[][] endings;

    SecretNames(Collection<String> words) {
        this.endings = words.stream()
                .map(word -> word.replace("_", "").getBytes(ISO_8859_1))
                .toArray(byte[][]::new);
    }

    boolean mayOccurIn(byte[] json) {
        for (int i = 1; i < json.length; i++) {
            if (json[i] == ':' && isAfterName(json, i)) {
                return true;
            }
        }
        return false;
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
