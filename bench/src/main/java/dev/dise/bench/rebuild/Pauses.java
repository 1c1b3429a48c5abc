package dev.dise.bench.rebuild;

import dev.dise.bench.line.Window;
import dev.dise.cli.bench.Figure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** How long switches held up readers and writers: by their own watches, and by what the switch reports. */
final class Pauses {
    private static final double GOAL = 200;

    private final Observers observers;
    private final Pace pace;
    private double readers;
    private double writers;
    private double usual;
    private double reported;

    Pauses(Observers observers, Pace pace) {
        this.observers = observers;
        this.pace = pace;
    }

    /** Switches away from a generation that the sink commits into. */
    void around(int left, Callable<Duration> change) throws Exception {
        observers.watchCommits(left);
        long calm = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(pace.beforeSwitch().toMillis());
        long begun = System.nanoTime();
        Duration held = change.call();
        Window window = new Window(begun, System.nanoTime());
        TimeUnit.MILLISECONDS.sleep(pace.afterSwitch().toMillis());
        usual = Math.max(usual, observers.longestStillMillis(left, new Window(calm, begun)));
        add(left, window, held);
    }

    /**
     * A switch that is over.
     *
     * @param left the generation that was live before
     */
    void add(int left, Window window, Duration held) {
        readers = Math.max(readers, observers.longestAnswerMillis(window));
        writers = Math.max(writers, observers.longestStillMillis(left, window));
        reported = Math.max(reported, held.toNanos() / 1e6);
    }

    /** The longest of all switches. */
    List<Figure> figures() {
        return List.of(
                pause("switch_pause_readers", readers),
                pause("switch_pause_writers", writers),
                Figure.rate("between_commits_without_switch", usual, "ms"),
                pause("switch_pause_reported", reported));
    }

    static Figure pause(String name, double millis) {
        return Figure.countOfAtMost(GOAL, name, Math.round(millis), "ms");
    }
}
