package dev.dise.query.sql;

import dev.dise.query.RefusedException;
import dev.dise.query.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts a statement into its pieces by PostgreSQL's rules (manual, section 4.1). Refuses the few forms of which this would
 * have to be sure to the last character, and that nobody needs: {@code U&'…'}, and an {@code E'…'} that goes on in another
 * text.
 */
final class SqlLexer {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LINE_COMMENT = Pattern.compile("--[^\\r\\n]*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_$\\u0080-\\uffff]*");
    private static final Pattern DOLLARS =
            Pattern.compile("\\$(?:[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_\\u0080-\\uffff]*)?\\$");
    private static final Pattern NUMBER = Pattern.compile("[0-9][A-Za-z0-9_.]*");
    private static final Pattern POSITION = Pattern.compile("\\$[0-9]+");
    private static final Pattern NAME = Pattern.compile("%\\([A-Za-z_][A-Za-z0-9_]*\\)s");
    private static final Pattern UNICODE = Pattern.compile("[uU]&['\"]");

    private final String sql;
    private final boolean named;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlLexer(String sql, boolean named) {
        this.sql = sql;
        this.named = named;
    }

    /**
     * Its pieces.
     *
     * @param named whether {@code %(name)s} stands for a value
     * @throws RefusedException if a text or comment has no end
     */
    static List<SqlToken> tokens(String sql, boolean named) {
        SqlLexer lexer = new SqlLexer(sql, named);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        if (found(UNICODE) > 0) {
            throw refused("texts and names that begin with U& are not taken; write the characters themselves");
        }
        boolean taken = take(Kind.BLANK, found(SPACE))
                || take(Kind.BLANK, found(LINE_COMMENT))
                || take(Kind.BLANK, sql.startsWith("/*", at) ? commentLength() : 0)
                || take(Kind.TEXT, sql.regionMatches(true, at, "e'", 0, 2) ? quotedLength(1, '\\') : 0)
                || take(Kind.WORD, found(WORD))
                || take(Kind.TEXT, sql.startsWith("'", at) ? quotedLength(0, '\'') : 0)
                || take(Kind.QUOTED, sql.startsWith("\"", at) ? quotedLength(0, '"') : 0)
                || take(Kind.POSITION, found(POSITION))
                || take(Kind.TEXT, sql.startsWith("$", at) ? dollarLength() : 0)
                || take(Kind.NUMBER, found(NUMBER))
                || take(Kind.NAME, named ? found(NAME) : 0)
                || take(Kind.SYMBOL, named && sql.startsWith("%%", at) ? 2 : 1);
        if (!taken) {
            throw new IllegalStateException("a character of a statement belongs to nothing");
        }
    }

    private boolean take(Kind kind, int length) {
        if (length == 0) {
            return false;
        }
        if (kind == Kind.TEXT && sql.charAt(at) == '\'' && followsEscapedText()) {
            throw refused("a text that goes on behind E'…' is not taken; join texts with ||");
        }
        tokens.add(new SqlToken(kind, sql.substring(at, at + length), at));
        at += length;
        return true;
    }

    private boolean followsEscapedText() {
        for (SqlToken before : tokens.reversed()) {
            if (before.kind() != Kind.BLANK) {
                return before.kind() == Kind.TEXT && before.text().regionMatches(true, 0, "e'", 0, 2);
            }
        }
        return false;
    }

    private int found(Pattern pattern) {
        Matcher matcher = pattern.matcher(sql).region(at, sql.length());
        return matcher.lookingAt() ? matcher.end() - at : 0;
    }

    /**
     * How long something in quotes is. A quote that is doubled does not end it.
     *
     * @param prefix how many characters stand before the quote
     * @param escape what takes the meaning from the character behind it
     */
    private int quotedLength(int prefix, char escape) {
        char quote = sql.charAt(at + prefix);
        for (int i = at + prefix + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            boolean doubled = c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote;
            if (doubled || (c == escape && c != quote)) {
                i++;
            } else if (c == quote) {
                return i + 1 - at;
            }
        }
        throw refused("a quote is not closed");
    }

    /** Comments are nested. */
    private int commentLength() {
        int depth = 0;
        for (int i = at; i < sql.length() - 1; i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1 - at;
                }
            }
        }
        throw refused("a comment is not closed");
    }

    private int dollarLength() {
        int opening = found(DOLLARS);
        if (opening == 0) {
            return 0;
        }
        String tag = sql.substring(at, at + opening);
        int end = sql.indexOf(tag, at + opening);
        if (end < 0) {
            throw refused("a text that begins with " + tag + " is not closed");
        }
        return end + opening - at;
    }

    private RefusedException refused(String what) {
        return RefusedException.badValue("sql", "cannot be read at " + Place.of(sql, at) + ": " + what);
    }
}
