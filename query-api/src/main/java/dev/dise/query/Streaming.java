package dev.dise.query;

import java.io.IOException;

/** Answers a question with events for as long as who asked listens. */
@FunctionalInterface
interface Streaming {
    /** What is told, once the question is found to be good. */
    @FunctionalInterface
    interface Telling {
        /** Tells until it is interrupted, or nobody listens any more. */
        void to(EventOut out) throws IOException;
    }

    /**
     * Begins to answer.
     *
     * @throws RefusedException if the question is wrong
     */
    Telling begin(Question question);
}
