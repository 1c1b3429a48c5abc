package dev.dise.operations.backup;

/** Is told how a backup, its verification or a restore goes; called from its thread. */
@FunctionalInterface
public interface BackupProgress {
    /** Nobody looks. */
    BackupProgress NONE = (phase, done, total) -> {};

    /**
     * How far it is.
     *
     * @param phase as in {@code rows}, {@code points}, {@code records}, {@code bytes}: what is counted
     * @param done of the phase
     * @param total of the phase, about; 0 if it is not known
     */
    void at(String phase, long done, long total);
}
