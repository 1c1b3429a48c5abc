package dev.dise.cli.imports;

/** What was changed about a line so that it could be imported; counted, so that nothing changes in silence. */
public enum Adjustment {
    /** An id was too long: its beginning and a hash stand for it. */
    ID_SHORTENED,
    /** A text had NUL or half a surrogate pair, which no store can hold: the replacement character stands for it. */
    TEXT_REPAIRED,
    /** The name was missing or blank: the id stands for it. */
    NAME_FROM_ID,
    /** The name was too long and was cut. */
    NAME_CUT,
    /** Tags were repeated and are there once. */
    TAGS_DEDUPLICATED,
    /** Tags were too many or too long and were cut. */
    TAGS_CUT,
    /** No readable time of making: another time of the line, or the fixed time, stands for it. */
    TIME_SUBSTITUTED,
    /** It belongs to a family of which it lacks a field: it stays a pattern. */
    FAMILY_INCOMPLETE
}
