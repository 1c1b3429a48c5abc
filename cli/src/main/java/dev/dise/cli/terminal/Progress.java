package dev.dise.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/** A bar with rate and time left on a terminal; elsewhere a line every five seconds. */
public final class Progress {
    /** Set by the launcher, which can see where the error stream goes. */
    private static final String ON_A_TERMINAL = "dise.terminal";

    private static final int BAR = 30;
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final String what;
    private final boolean terminal;
    private final long started = System.nanoTime();
    private long shown = started;

    /**
     * Begins to count time.
     *
     * @param what the word before the bar, as in {@code storing}
     */
    public Progress(PrintWriter out, String what) {
        this.out = out;
        this.what = what;
        this.terminal = Boolean.getBoolean(ON_A_TERMINAL);
    }

    /**
     * Shows how far it is, if it is time to.
     *
     * @param total 0 or less if it is not known
     */
    public void at(long done, long total) {
        long now = System.nanoTime();
        if (now - shown >= (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            shown = now;
            show(done, total, now);
        }
    }

    /** Shows the end. */
    public void done(long done) {
        if (terminal || shown != started) {
            show(done, done, System.nanoTime());
            if (terminal) {
                out.println();
            }
        }
    }

    private void show(long done, long total, long now) {
        double seconds = (now - started) / 1e9;
        double rate = done / Math.max(seconds, 1e-3);
        StringBuilder line = new StringBuilder(what);
        if (total > 0) {
            int full = (int) Math.min(BAR, BAR * done / total);
            line.append(" [")
                    .append("█".repeat(full))
                    .append("·".repeat(BAR - full))
                    .append(']');
            line.append(String.format(" %,d of %,d", done, total));
        } else {
            line.append(String.format(" %,d", done));
        }
        line.append(String.format(", %,.0f/s", rate));
        if (total > done && rate > 0) {
            line.append(String.format(", %.0f s left", (total - done) / rate));
        }
        out.print(terminal ? "\r" + line + "   " : line + System.lineSeparator());
        out.flush();
    }
}
