package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;

/** Answers one kind of question with what becomes the JSON of the answer. Called from many threads. */
@FunctionalInterface
public interface Answering {
    /**
     * Answers one question; may block.
     *
     * @throws RefusedException if the question has no answer as it was asked
     */
    Object answer(Question question) throws StoreUnavailableException;
}
