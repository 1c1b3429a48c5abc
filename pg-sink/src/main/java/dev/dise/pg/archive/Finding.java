package dev.dise.pg.archive;

/**
 * What reading an archived file again has shown.
 *
 * @param detail what is wrong; empty if nothing is
 */
public record Finding(String file, State state, String detail) {
    /** How a file is. */
    public enum State {
        /** As it was written. */
        GOOD,
        /** In the list of the archives, but not in its place. */
        MISSING,
        /** Not what was written. */
        BROKEN,
        /** In its place, but in no list: what a pass that was killed has left, or somebody else. */
        UNLISTED
    }
}
