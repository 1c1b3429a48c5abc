package dev.dise.query;

import dev.dise.query.paging.Cursor;
import java.util.List;
import java.util.Optional;

/**
 * How many rows an answer has at most, and behind what it begins.
 *
 * @param after the cursor of the page before; empty for the first
 */
record Page(int limit, Optional<String> after) {
    static final List<String> NAMES = List.of("limit", Cursor.AFTER);

    static Page of(Parameters parameters) {
        return new Page(parameters.number("limit", 100, 1, 1000), parameters.one(Cursor.AFTER));
    }
}
