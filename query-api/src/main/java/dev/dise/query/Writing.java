package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;

/** Answers one kind of question by writing the answer itself. Called from many threads. */
@FunctionalInterface
public interface Writing {
    /**
     * Writes the whole answer; may block.
     *
     * @throws RefusedException if the question has no answer as it was asked; before anything was sent that is told
     */
    void write(Question question, Exchange exchange) throws StoreUnavailableException;
}
