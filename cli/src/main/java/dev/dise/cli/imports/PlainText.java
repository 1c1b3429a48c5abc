package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Brings foreign texts into a form that every store takes; the same text always gives the same result. */
final class PlainText {
    private static final int HASH_DIGITS = 32;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PlainText() {}

    /** Without byte-order marks in front, and without what no store can hold. */
    static String of(String text) {
        String rest = text;
        while (rest.startsWith(BYTE_ORDER_MARK)) {
            rest = rest.substring(1);
        }
        return TextRepair.repair(rest);
    }

    /** The text itself if it is short enough, else its beginning and a hash of all of it: still one id for one thing. */
    static String id(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        String hash = Sha256.of(text.getBytes(UTF_8)).substring(0, HASH_DIGITS);
        return head(text, max - HASH_DIGITS - 1) + "~" + hash;
    }

    /** The text itself if it is short enough, else its beginning and an ellipsis. */
    static String cut(String text, int max) {
        return text.length() <= max ? text : head(text, max - 1) + "…";
    }

    /** Its first characters, never half of a surrogate pair. */
    private static String head(String text, int length) {
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
