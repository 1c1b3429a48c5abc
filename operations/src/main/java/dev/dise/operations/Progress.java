package dev.dise.operations;

/** Is told how far long work is; called from the thread that works. */
@FunctionalInterface
public interface Progress {
    /**
     * So much is done.
     *
     * @param total 0 if it is not known
     */
    void at(long done, long total);

    /** For nobody who looks. */
    static Progress none() {
        return (done, total) -> {};
    }
}
