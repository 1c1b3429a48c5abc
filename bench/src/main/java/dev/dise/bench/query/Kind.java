package dev.dise.bench.query;

import java.util.function.IntFunction;

/**
 * A kind of question.
 *
 * @param path what the service is asked, by number
 * @param bare the same without the service
 */
record Kind(String name, IntFunction<String> path, Bare bare) {
    /** The calls of the stores that an answer comes to. */
    @FunctionalInterface
    interface Bare {
        /** Asks the question of that number, and returns how many rows or points came. */
        int ask(int number) throws Exception;
    }
}
