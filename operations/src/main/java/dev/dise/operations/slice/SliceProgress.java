package dev.dise.operations.slice;

/** Is told how something long goes; called from its thread. */
@FunctionalInterface
public interface SliceProgress {
    /**
     * How far it is.
     *
     * @param phase as in {@code replaying}
     * @param total 0 if it is not known
     */
    void at(String phase, long done, long total);

    /** Something is away, and is tried again until it is back. */
    default void waiting(String why) {}
}
