package dev.dise.rag;

import java.util.ArrayList;
import java.util.List;

/**
 * A word or a sign of a text, which is not cut; of a word without end, 60 letters.
 *
 * @param start first character
 * @param end behind the last
 * @param tokens how many tokens a word piece model makes of it, estimated on the high side
 * @param beginsLine whether a line ends between it and the piece before
 */
record Piece(int start, int end, int tokens, boolean beginsLine) {
    private static final int LONGEST = 60;
    /** English words have one token for four or five letters, what has digits in it one for two. */
    private static final double LETTERS_PER_TOKEN = 4.5;

    private static final double CHARACTERS_PER_TOKEN = 2;

    static List<Piece> of(String text) {
        List<Piece> pieces = new ArrayList<>();
        boolean newLine = false;
        int at = 0;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            if (isInvisible(sign)) {
                newLine |= sign == '\n';
                at += Character.charCount(sign);
                continue;
            }
            int end = isOfWord(sign) ? endOfWord(text, at) : at + Character.charCount(sign);
            pieces.add(new Piece(at, end, tokens(text, at, end), newLine));
            newLine = false;
            at = end;
        }
        return pieces;
    }

    /** Spaces, and what only steers how its neighbours look. */
    private static boolean isInvisible(int sign) {
        return Character.isWhitespace(sign)
                || Character.isSpaceChar(sign)
                || Character.isISOControl(sign)
                || Character.getType(sign) == Character.FORMAT;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < LONGEST && isOfWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** Chinese and its like has no spaces, and a token for each sign. */
    private static boolean isOfWord(int sign) {
        return Character.isLetterOrDigit(sign) && !Character.isIdeographic(sign);
    }

    private static int tokens(String text, int start, int end) {
        double perToken = isPlain(text, start, end) ? LETTERS_PER_TOKEN : CHARACTERS_PER_TOKEN;
        return (int) Math.max(1, Math.ceil((end - start) / perToken));
    }

    /** Whether it has English letters alone. */
    private static boolean isPlain(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char sign = text.charAt(i);
            if (sign >= 128 || !Character.isLetter(sign)) {
                return false;
            }
        }
        return true;
    }
}
