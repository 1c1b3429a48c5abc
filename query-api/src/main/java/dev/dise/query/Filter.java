package dev.dise.query;

import java.util.List;

/**
 * One filter that a resource allows.
 *
 * @param name its name in the address; with a star at its end where a path follows
 * @param columns where it looks; more than one only for {@link Kind#WORDS}
 */
public record Filter(String name, Kind kind, List<String> columns) {
    /** How a value is read and compared. */
    public enum Kind {
        /** Equal to any of the repeated values. */
        TEXT,
        /** The same of a column whose values may be too long for an index: it has their first 200 characters. */
        LONG_TEXT,
        /** The id of the event, in any form that the gateway accepts. */
        EVENT_ID,
        /** A fingerprint of errors, a UUID. */
        FINGERPRINT,
        /** Any of the levels, with synonyms. */
        LEVEL,
        /** Any of the severities, with synonyms. */
        SEVERITY,
        /** True or false. */
        FLAG,
        /** Words in one of the columns, see {@link TextQuery}. */
        WORDS,
        /** A value at a path inside a column of JSON, see {@link InsideJson}. */
        INSIDE,
        /** At that moment or later. */
        SINCE,
        /** Before that moment. */
        UNTIL
    }

    public Filter {
        columns = List.copyOf(columns);
    }

    /** Equal to any of the repeated values. */
    public static Filter text(String column) {
        return of(column, Kind.TEXT);
    }

    /** Of one column that has its name. */
    public static Filter of(String column, Kind kind) {
        return new Filter(column, kind, List.of(column));
    }

    /** Words in any of the columns. */
    public static Filter words(String... columns) {
        return new Filter("q", Kind.WORDS, List.of(columns));
    }

    static Filter inside(String column) {
        return new Filter(column + ".*", Kind.INSIDE, List.of(column));
    }
}
