package dev.dise.runtime.sink;

/**
 * A store at the end of the line. Called from one thread; writing the same delivery twice is harmless.
 *
 * @param <T> what it writes
 */
public interface Sink<T> extends AutoCloseable {
    /**
     * Makes the store ready, before the first batch and also where none comes; what is there already is left. Called again
     * after a failure.
     *
     * @throws StoreUnavailableException if the same may succeed later
     * @throws IllegalStateException if store and config do not fit together
     */
    default void open() throws StoreUnavailableException {}

    /**
     * Writes the batch and returns once the store has acknowledged it. What the store will never accept goes to
     * {@code refusals} before this returns, and before a store with transactions commits: so a crash can double a dead
     * letter, but never lose one.
     *
     * @throws StoreUnavailableException if the same batch may succeed later; any part of it may have been written
     * @throws PlaceLostException if the store keeps the place, and another worker has moved it; nothing was written
     */
    void write(Batch<T> batch, Refusals refusals) throws StoreUnavailableException, PlaceLostException;

    @Override
    void close();
}
