package dev.dise.query.sql;

import dev.dise.query.RefusedException;
import dev.dise.query.sql.SqlToken.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One statement that asks, in the form in which the driver takes it.
 *
 * @param source as it was written
 * @param driverText with a question mark for each value, and two for each question mark
 * @param values what each of them stands for, in their order: {@code 1} for {@code $1}, or a name
 * @param called whatever may be the name of a function that it calls
 * @param places where its pieces begin, in the text that PostgreSQL gets and in the source
 */
record SqlStatement(String source, String driverText, List<String> values, Set<String> called, SqlPlaces places) {
    static final int LONGEST = 100_000;
    /** How a statement that asks begins. That it changes nothing is not made sure here, but by the rights of the role. */
    private static final Set<String> BEGINNINGS = Set.of("select", "with", "values", "table", "explain");

    /**
     * Reads it.
     *
     * @param named whether its values have names
     * @throws RefusedException if it is none, or more than one
     */
    static SqlStatement parse(String sql, boolean named) {
        if (sql.length() > LONGEST || sql.indexOf('\0') >= 0) {
            throw RefusedException.badValue("sql", "must have at most " + LONGEST + " characters, and no U+0000");
        }
        List<SqlToken> tokens = withoutEnd(SqlLexer.tokens(sql, named));
        requireToAsk(tokens);
        DriverText text = new DriverText(named);
        tokens.forEach(text::add);
        return new SqlStatement(sql, text.text(), text.values(), called(tokens), text.places());
    }

    /** Where PostgreSQL finds something wrong, given by its count of characters. */
    Place place(int serverPosition) {
        return Place.of(source, places.inSource(serverPosition - 1));
    }

    private static List<SqlToken> withoutEnd(List<SqlToken> tokens) {
        int end = 0;
        while (end < tokens.size() && !tokens.get(end).is(";")) {
            end++;
        }
        if (tokens.subList(end, tokens.size()).stream().anyMatch(it -> it.kind() != Kind.BLANK && !it.is(";"))) {
            throw RefusedException.badValue("sql", "must be one statement, so nothing may stand behind a semicolon");
        }
        return tokens.subList(0, end);
    }

    private static void requireToAsk(List<SqlToken> tokens) {
        String first = tokens.stream()
                .filter(token -> token.kind() != Kind.BLANK && !token.is("("))
                .findFirst()
                .filter(token -> token.kind() == Kind.WORD)
                .map(SqlToken::folded)
                .orElse("");
        if (!BEGINNINGS.contains(first)) {
            throw RefusedException.badValue(
                    "sql", "must begin with SELECT, WITH, VALUES, TABLE or EXPLAIN: nothing can be changed here");
        }
    }

    /** Every name that an opening parenthesis follows. */
    private static Set<String> called(List<SqlToken> tokens) {
        List<SqlToken> solid =
                tokens.stream().filter(token -> token.kind() != Kind.BLANK).toList();
        Set<String> called = new TreeSet<>();
        for (int i = 0; i + 1 < solid.size(); i++) {
            SqlToken name = solid.get(i);
            if ((name.kind() == Kind.WORD || name.kind() == Kind.QUOTED)
                    && solid.get(i + 1).is("(")) {
                called.add(name.folded());
            }
        }
        return called;
    }
}
