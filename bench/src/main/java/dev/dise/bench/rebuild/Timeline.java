package dev.dise.bench.rebuild;

import dev.dise.bench.line.Window;
import dev.dise.runtime.WorkProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When each phase of a rebuild began, by what the rebuild itself tells; used by its thread. */
final class Timeline implements WorkProgress {
    private static final String VERIFYING = "verifying";
    private static final String SWITCHING = "switching";

    private final long begun = System.nanoTime();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final LongSupplier rowsThere;
    private String phase = "";
    private long phaseBegun = begun;
    private long verifying;
    private long switching;
    private long end;
    private long rows;

    /**
     * @param rowsThere how many rows the new generation has, asked when it is first verified
     */
    Timeline(LongSupplier rowsThere) {
        this.rowsThere = rowsThere;
    }

    @Override
    public void at(String newPhase, long done, long total) {
        if (newPhase.equals(phase)) {
            return;
        }
        long now = System.nanoTime();
        leave(now);
        phase = newPhase;
        phaseBegun = now;
        if (newPhase.equals(VERIFYING) && verifying == 0) {
            verifying = now;
            rows = rowsThere.getAsLong();
        }
        if (newPhase.equals(SWITCHING)) {
            switching = now;
        }
    }

    /** The rebuild has returned. */
    void ended() {
        end = System.nanoTime();
        leave(end);
    }

    private void leave(long now) {
        if (!phase.isEmpty()) {
            seconds.merge(phase, (now - phaseBegun) / 1e9, Double::sum);
        }
    }

    /** From its begin until it had caught up for the first time. */
    Window working() {
        return new Window(begun, verifying);
    }

    Window switching() {
        return new Window(switching, end);
    }

    long rows() {
        return rows;
    }

    Map<String, Double> phases() {
        return seconds;
    }
}
