package dev.dise.cli;

/** Who runs a command, for the audit. */
public final class Operator {
    private Operator() {}

    /** The user of the operating system. */
    public static String name() {
        return System.getProperty("user.name", "unknown");
    }
}
