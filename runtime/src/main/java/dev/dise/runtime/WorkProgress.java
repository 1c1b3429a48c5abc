package dev.dise.runtime;

/** Is told how long work goes: a rebuild, a comparison, a backup, a job; called from the thread that works. */
@FunctionalInterface
public interface WorkProgress {
    /** Tells nobody. */
    WorkProgress NONE = (phase, done, total) -> {};

    /**
     * How far it is.
     *
     * @param phase what it is at, in a word or two, as in {@code loading}
     * @param done of the phase
     * @param total of the phase, about; 0 if it is not known
     */
    void at(String phase, long done, long total);
}
