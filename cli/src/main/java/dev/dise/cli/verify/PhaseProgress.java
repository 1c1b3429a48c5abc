package dev.dise.cli.verify;

import dev.dise.cli.terminal.Progress;
import dev.dise.runtime.WorkProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows a bar for each phase of a comparison. */
final class PhaseProgress implements WorkProgress {
    private final PrintWriter out;
    private String phase = "";
    private @Nullable Progress progress;
    private long total;

    PhaseProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String newPhase, long done, long newTotal) {
        if (done == 0 && newTotal == 0) {
            return;
        }
        if (progress == null || !newPhase.equals(phase)) {
            done();
            phase = newPhase;
            progress = new Progress(out, newPhase);
        }
        total = newTotal;
        progress.at(done, newTotal);
    }

    /** Ends the last bar. */
    void done() {
        if (progress != null) {
            progress.done(total);
        }
    }
}
