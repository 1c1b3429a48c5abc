package dev.dise.cli.terminal;

import dev.dise.runtime.kafka.Hop;
import dev.dise.runtime.kafka.Line;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until nothing is under way any more: every hop of the line has read what it had to. */
public final class Settling {
    private static final long PAUSE_MILLIS = 100;

    private final Line line;
    private final PrintWriter progress;
    private final Duration patience;
    private final BooleanSupplier isAlive;

    /**
     * @param patience how long nothing at all may move before it gives up
     * @param isAlive false ends the wait at once
     */
    public Settling(Line line, PrintWriter progress, Duration patience, BooleanSupplier isAlive) {
        this.line = line;
        this.progress = progress;
        this.patience = patience;
        this.isAlive = isAlive;
    }

    /**
     * Waits, showing how far it is.
     *
     * @return whether everything has arrived; false if nothing has moved for too long
     */
    public boolean await(String what) throws InterruptedException {
        Progress bar = new Progress(progress, what);
        long begin = read(line.look());
        long read = begin;
        long moved = System.nanoTime();
        while (true) {
            List<Hop> hops = line.look();
            long now = read(hops);
            bar.at(now - begin, end(hops) - begin);
            if (end(hops) == now) {
                bar.done(now - begin);
                return true;
            }
            if (now != read) {
                read = now;
                moved = System.nanoTime();
            } else if (!isAlive.getAsBoolean() || System.nanoTime() - moved > patience.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static long read(List<Hop> hops) {
        return hops.stream().mapToLong(Hop::read).sum();
    }

    private static long end(List<Hop> hops) {
        return hops.stream().mapToLong(Hop::end).sum();
    }
}
