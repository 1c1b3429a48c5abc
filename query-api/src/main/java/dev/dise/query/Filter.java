package dev.dise.query;

import java.util.List;

/**
 * One filter that a resource allows.
 *
 * @param name its name in the address
 * @param columns where it looks; more than one only for {@link Kind#CONTAINS}
 */
record Filter(String name, Kind kind, List<String> columns) {
    /** How a value is read and compared. */
    enum Kind {
        /** Equal to any of the repeated values. */
        TEXT,
        /** The id of the event, in any form that the gateway accepts. */
        EVENT_ID,
        /** Any of the levels, with synonyms. */
        LEVEL,
        /** Any of the severities, with synonyms. */
        SEVERITY,
        /** True or false. */
        FLAG,
        /** Somewhere in one of the columns, whatever the case. */
        CONTAINS,
        /** At that moment or later. */
        SINCE,
        /** Before that moment. */
        UNTIL
    }

    Filter {
        columns = List.copyOf(columns);
    }

    static Filter text(String column) {
        return of(column, Kind.TEXT);
    }

    static Filter of(String column, Kind kind) {
        return new Filter(column, kind, List.of(column));
    }

    static Filter contains(String... columns) {
        return new Filter("q", Kind.CONTAINS, List.of(columns));
    }
}
