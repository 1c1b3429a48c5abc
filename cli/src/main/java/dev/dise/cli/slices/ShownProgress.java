package dev.dise.cli.slices;

import dev.dise.cli.terminal.Progress;
import dev.dise.operations.slice.SliceProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A bar for each phase, on the error stream. */
final class ShownProgress implements SliceProgress {
    private final PrintWriter out;
    private String phase = "";
    private @Nullable Progress bar;

    ShownProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String newPhase, long done, long total) {
        if (bar == null || !phase.equals(newPhase)) {
            phase = newPhase;
            bar = new Progress(out, newPhase);
        }
        bar.at(done, total);
    }

    @Override
    public void waiting(String why) {
        out.println(why);
        out.flush();
    }
}
