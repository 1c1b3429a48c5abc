package dev.dise.query.sql;

import java.util.List;

/** Which place of a text another text has it from. */
record SqlPlaces(List<Pair> pairs) {
    /** Where a piece begins in each. */
    record Pair(int server, int source) {}

    SqlPlaces {
        pairs = List.copyOf(pairs);
    }

    int inSource(int server) {
        Pair last = new Pair(0, 0);
        for (Pair pair : pairs) {
            if (pair.server() > server) {
                break;
            }
            last = pair;
        }
        return last.source() + server - last.server();
    }
}
