package dev.dise.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is searched in texts, as one writes it for a search engine: all words must occur, {@code "words in quotes"} right
 * behind one another, {@code -those} not at all, and {@code OR} parts alternatives, each of them such a text of its own.
 *
 * <p>Whatever the case. Punctuation parts words here as it does in the texts (see {@code dise.words} of the database), so
 * a name such as {@code java.lang.Error} is a phrase of its parts; quotes and a minus before a word keep their meaning.
 */
record TextQuery(List<List<Term>> alternatives) {
    /** The longest text. */
    static final int MOST_CHARACTERS = 1000;
    /** The most words and phrases of a text. */
    static final int MOST_TERMS = 16;

    private static final Pattern TOKEN = Pattern.compile("-?\"[^\"]*\"?|[^\\s\"]+");

    /**
     * A word, or several in a row.
     *
     * @param excluded whether it must not occur
     */
    record Term(String text, boolean excluded) {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]+");
        private static final int MOST_PARTS = 3;

        private static Term of(String token) {
            boolean excluded = token.startsWith("-");
            return new Term(token.substring(excluded ? 1 : 0).replace("\"", ""), excluded);
        }

        private boolean hasWord() {
            return text.codePoints().anyMatch(Character::isLetterOrDigit);
        }

        /** Occurs in one of the columns, or in none. */
        private Condition in(List<String> columns) {
            List<String> sql = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (String column : columns) {
                List<String> all = new ArrayList<>();
                for (String part : plainParts()) {
                    all.add(column + " ILIKE ?");
                    values.add("%" + part + "%");
                }
                all.add("dise.words(" + column + ") @@ dise.phrase(?)");
                values.add(text);
                sql.add(String.join(" AND ", all));
            }
            return new Condition(
                    sql.stream().collect(Collectors.joining(" OR ", "(", excluded ? ") IS NOT TRUE" : ")")), values);
        }

        /**
         * What a text must have somewhere to have the term: without an index a text is ten times as fast looked through as
         * parted into words. Only characters that are letters or digits everywhere, of any case.
         */
        private List<String> plainParts() {
            return PLAIN.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .limit(MOST_PARTS)
                    .toList();
        }
    }

    /**
     * Reads a text.
     *
     * @param name of the parameter, for the refusal
     * @throws RefusedException if there is no word in it, or too much
     */
    static TextQuery parse(String name, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw RefusedException.badValue(name, "must have at most " + MOST_CHARACTERS + " characters");
        }
        List<List<Term>> alternatives = alternatives(text);
        if (alternatives.isEmpty()) {
            throw RefusedException.badValue(name, "must have a word to look for: punctuation alone is none");
        }
        if (alternatives.stream().mapToInt(List::size).sum() > MOST_TERMS) {
            throw RefusedException.badValue(name, "must have at most " + MOST_TERMS + " words or phrases");
        }
        return new TextQuery(alternatives);
    }

    /** Each word may be in another column, but what is excluded must be in none. */
    Condition in(List<String> columns) {
        List<Object> values = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (List<Term> terms : alternatives) {
            List<Condition> all = terms.stream().map(term -> term.in(columns)).toList();
            all.forEach(condition -> values.addAll(condition.values()));
            sql.add(all.stream().map(Condition::sql).collect(Collectors.joining(" AND ")));
        }
        return new Condition("(" + String.join(" OR ", sql) + ")", values, true);
    }

    private static List<List<Term>> alternatives(String text) {
        List<List<Term>> alternatives = new ArrayList<>();
        List<Term> terms = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            if (tokens.group().equalsIgnoreCase("or")) {
                alternatives.add(terms);
                terms = new ArrayList<>();
            } else {
                terms.add(Term.of(tokens.group()));
            }
        }
        alternatives.add(terms);
        return alternatives.stream()
                .map(some -> some.stream().filter(Term::hasWord).toList())
                .filter(some -> !some.isEmpty())
                .toList();
    }
}
