package dev.dise.runtime.compare;

/** Is told how a comparison goes; called from its thread. */
@FunctionalInterface
public interface CompareProgress {
    /** Tells nobody. */
    CompareProgress NONE = (phase, done, total) -> {};

    /**
     * How far it is.
     *
     * @param phase as in {@code reading dise.bulk}, {@code comparing}, {@code mending}
     * @param total of the phase; 0 if it is not known
     */
    void at(String phase, long done, long total);
}
