package dev.dise.ingest.logging;

import org.jspecify.annotations.Nullable;

/**
 * The characters that the texts of one record may have together, so that the event always fits: a long text is worth its
 * beginning, an event that is too large is worth nothing. For one record and thread.
 */
final class TextBudget {
    /** Even if each needs six bytes in JSON, there is room for the rest of an event. */
    private static final int ALL = 140_000;

    private static final char REPLACEMENT = '\uFFFD';

    private int left = ALL;

    /** The text, or its beginning and how much more there was; null is the text {@code null}. */
    String take(@Nullable String text, int most) {
        String whole = String.valueOf(text);
        int length = Math.min(whole.length(), Math.min(most, left));
        left -= length;
        String taken = withoutHalves(whole.substring(0, length));
        int more = whole.length() - length;
        return more == 0 ? taken : taken + "… (" + more + " more)";
    }

    /** Whether more is worth asking for. */
    boolean hasRoom() {
        return left > 0;
    }

    /** Half of a surrogate pair is no character, and JSON has no way to say it in UTF-8. */
    private static String withoutHalves(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text, i)) {
                whole = whole == null ? new StringBuilder(text) : whole;
                whole.setCharAt(i, REPLACEMENT);
            }
        }
        return whole == null ? text : whole.toString();
    }

    private static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
