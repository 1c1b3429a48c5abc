package dev.dise.cli.rebuild;

import dev.dise.cli.terminal.Progress;
import dev.dise.runtime.WorkProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A bar for each phase of a rebuild, one after the other. Used by one thread. */
final class PhaseProgress implements WorkProgress {
    private final PrintWriter out;
    private String phase = "";
    private long done;
    private @Nullable Progress progress;

    PhaseProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String newPhase, long newDone, long total) {
        Progress shown = progress;
        if (shown == null || !newPhase.equals(phase)) {
            done();
            shown = new Progress(out, newPhase);
            progress = shown;
            phase = newPhase;
        }
        done = newDone;
        shown.at(newDone, total);
    }

    /** The last phase is over. */
    void done() {
        if (progress != null) {
            progress.done(done);
        }
    }
}
