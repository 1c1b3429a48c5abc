package dev.dise.operations.jobs;

/** Is told how a job goes. */
@FunctionalInterface
public interface JobProgress {
    /**
     * How far it is.
     *
     * @param phase what it is at, in a word or two
     * @param total 0 if it is not known
     */
    void at(String phase, long done, long total);
}
