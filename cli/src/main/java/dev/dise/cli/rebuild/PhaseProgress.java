package dev.dise.cli.rebuild;

import dev.dise.cli.terminal.Progress;
import dev.dise.runtime.generations.RebuildProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A bar for each phase of a rebuild. */
final class PhaseProgress implements RebuildProgress {
    private final PrintWriter out;
    private String phase = "";
    private long reached;
    private @Nullable Progress bar;

    PhaseProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String phase, long done, long total) {
        if (!phase.equals(this.phase)) {
            end();
            this.phase = phase;
            bar = new Progress(out, phase);
        }
        reached = done;
        if (bar != null) {
            bar.at(done, total);
        }
    }

    /** Ends the last bar. */
    void end() {
        if (bar != null) {
            bar.done(reached);
            bar = null;
        }
    }
}
