package dev.dise.query;

import java.io.IOException;

/** Answers with events that go on until the one who asked goes away. Called in a thread of its own. */
@FunctionalInterface
interface Streaming {
    /**
     * Sends events for as long as it likes.
     *
     * @throws IOException if the one who asked has gone, which ends it
     */
    void run(Question question, EventOut out) throws IOException;
}
