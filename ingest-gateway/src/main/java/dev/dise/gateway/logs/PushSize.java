package dev.dise.gateway.logs;

/**
 * Counts what is decoded of one push, so that a small body cannot fill the heap. Not thread-safe; one for each push.
 */
public final class PushSize {
    /** The most bytes of a push, decompressed. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;
    /** The most log lines of a push. */
    public static final int MAX_LINES = 100_000;
    /** The most labels, attributes and other values of a push. */
    public static final int MAX_VALUES = 500_000;
    /** The deepest nesting of a value; what is deeper is kept as text, so that the event stays within its own bound. */
    public static final int MAX_DEPTH = 48;

    private int lines;
    private int values;

    /** One more line, or the end of it all. */
    public void addLine() {
        if (++lines > MAX_LINES) {
            throw PushRefusal.tooLarge("must have at most " + MAX_LINES + " log lines; send smaller batches");
        }
    }

    /** One more value, or the end of it all. */
    public void addValue() {
        if (++values > MAX_VALUES) {
            throw PushRefusal.tooLarge(
                    "must have at most " + MAX_VALUES + " labels and attributes; send smaller batches");
        }
    }
}
