package dev.dise.query.sql;

/**
 * A piece of a statement, spaces and comments included, so that all pieces together are the statement.
 *
 * @param text as it stands in the statement
 * @param at where it begins there
 */
record SqlToken(Kind kind, String text, int at) {
    /** What a piece can be. */
    enum Kind {
        /** Spaces and comments. */
        BLANK,
        /** A name or a word of the language, without quotes. */
        WORD,
        /** A name in quotes. */
        QUOTED,
        /** A text in any of its forms. */
        TEXT,
        NUMBER,
        /** {@code $1}. */
        POSITION,
        /** {@code %(name)s}. */
        NAME,
        /** Any other character. */
        SYMBOL
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** What PostgreSQL takes a name or word for: folded to lower case unless it has quotes. */
    String folded() {
        if (kind == Kind.QUOTED) {
            return text.substring(1, text.length() - 1).replace("\"\"", "\"");
        }
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }
}
