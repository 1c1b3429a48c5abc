package dev.dise.cli;

/** What the command ends with; the same list stands in {@code ./dise --help}. */
public final class ExitCodes {
    /** Done. */
    public static final int OK = 0;
    /** It did not work, or not everything is accounted for. */
    public static final int FAILED = 1;
    /** The command line or the config is wrong. */
    public static final int USAGE = 2;
    /** No stack answers. */
    public static final int NO_STACK = 3;

    private ExitCodes() {}
}
