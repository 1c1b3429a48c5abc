package dev.dise.query;

import java.util.List;

/** How many rows an answer has at most, and how many it skips. */
record Page(int limit, int offset) {
    static final List<String> NAMES = List.of("limit", "offset");

    static Page of(Parameters parameters) {
        return new Page(parameters.number("limit", 100, 1, 1000), parameters.number("offset", 0, 0, Integer.MAX_VALUE));
    }
}
