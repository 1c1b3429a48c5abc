package dev.dise.cli.backup;

import dev.dise.cli.terminal.Progress;
import dev.dise.runtime.WorkProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A bar for each phase, one below the other. */
final class PhaseBars implements WorkProgress, AutoCloseable {
    private final PrintWriter out;
    private final String verb;
    private String phase = "";
    private @Nullable Progress bar;
    private long last;

    /**
     * @param verb what is done, as in {@code copying}
     */
    PhaseBars(PrintWriter out, String verb) {
        this.out = out;
        this.verb = verb;
    }

    @Override
    public void at(String newPhase, long done, long total) {
        Progress current = bar;
        if (current == null || !phase.equals(newPhase)) {
            close();
            phase = newPhase;
            current = new Progress(out, verb + " " + newPhase);
            bar = current;
        }
        last = done;
        current.at(done, total);
    }

    /** Ends the last bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.done(last);
            bar = null;
        }
    }
}
