package dev.dise.runtime.generations;

/** Is told how a rebuild goes; called from its thread. */
@FunctionalInterface
public interface RebuildProgress {
    /**
     * How far it is.
     *
     * @param phase as in {@code loading}, {@code indexing}, {@code catching up}, {@code verifying}, {@code switching}
     * @param done of the phase
     * @param total of the phase; 0 if it is not known
     */
    void at(String phase, long done, long total);
}
