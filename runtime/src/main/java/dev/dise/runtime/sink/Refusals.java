package dev.dise.runtime.sink;

import java.util.List;

/** Takes what a store will never accept. */
@FunctionalInterface
public interface Refusals {
    /**
     * Returns once every rejection is safe as a dead letter.
     *
     * @throws StoreUnavailableException if the dead letters cannot be written now
     */
    void accept(List<Rejection> rejections) throws StoreUnavailableException;
}
