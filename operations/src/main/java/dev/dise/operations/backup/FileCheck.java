package dev.dise.operations.backup;

/**
 * How a file of a backup is.
 *
 * @param detail in what it differs; empty if it does not
 */
public record FileCheck(String path, State state, String detail) {
    /** What a file can be like. */
    public enum State {
        GOOD,
        MISSING,
        CHANGED
    }
}
