package dev.dise.bench.rebuild;

import dev.dise.bench.Repeated;
import dev.dise.bench.SteadySender;
import dev.dise.bench.line.LineServers;
import dev.dise.bench.line.Probes;
import dev.dise.bench.line.Traffic;
import dev.dise.bench.line.Window;
import dev.dise.cli.bench.Figure;
import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A generation of tables rebuilt while events come in, against a bare copy of the same rows, and switched to and fro. */
final class PostgresRebuild {
    private static final int LIVE = 1;
    private static final int NEW = 2;

    private final LineServers servers;
    private final Traffic traffic;
    private final Probes probes;
    private final Pace pace;
    private final PrintWriter progress;
    private final List<Figure> figures = new ArrayList<>();

    PostgresRebuild(LineServers servers, Traffic traffic, Probes probes, Pace pace, PrintWriter progress) {
        this.servers = servers;
        this.traffic = traffic;
        this.probes = probes;
        this.pace = pace;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        try (PgGenerations generations = PgGenerations.of(servers.config())) {
            try (SteadySender sender = traffic.steady(pace.eventsPerSecond());
                    Observers observers = Observers.start(servers, probes)) {
                observers.watchCommits(LIVE);
                Window calm = calm();
                double raw = raw();
                Timeline timeline = new Timeline(() -> rowsOf(NEW));
                RebuildReport report = generations.rebuild(RebuildOptions.USUAL, timeline);
                timeline.ended();
                addRates(timeline, raw);
                addSwitches(generations, observers, timeline, report);
                sender.stop();
                servers.awaitStored();
                addLatencies(calm, timeline.working());
                figures.add(Figure.countOfAtMost(0, "reader_failures", observers.failures(), "answers"));
            }
            figures.add(digests(generations));
            generations.drop(LIVE);
        }
        return figures;
    }

    private Window calm() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(pace.beforeCalm().toMillis());
        long begun = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(pace.calm().toMillis());
        return new Window(begun, System.nanoTime());
    }

    private double raw() throws Exception {
        RawCopy copy = new RawCopy(servers);
        long rows = copy.prepare();
        Repeated rates = new Repeated();
        for (int round = 0; round < pace.copies(); round++) {
            double rate = copy.rowsPerSecond();
            progress.printf("bare COPY of %,d rows and indexes: %,.0f rows/s%n", rows, rate);
            rates.add(rate);
        }
        return rates.median();
    }

    private void addRates(Timeline timeline, double raw) {
        double rate = timeline.rows() / timeline.working().seconds();
        timeline.phases().forEach((phase, seconds) -> progress.printf("rebuild: %.1f s %s%n", seconds, phase));
        figures.add(Figure.rate("rebuild_rows_per_s", rate));
        figures.add(Figure.rate("raw_copy_rows_per_s", raw));
        figures.add(Figure.ratioOfAtLeast(0.5, "rebuild_vs_raw_copy", rate / raw));
    }

    private void addSwitches(PgGenerations generations, Observers observers, Timeline timeline, RebuildReport report)
            throws Exception {
        Pauses pauses = new Pauses(observers, pace);
        TimeUnit.MILLISECONDS.sleep(pace.afterSwitch().toMillis());
        pauses.add(LIVE, timeline.switching(), report.switched());
        for (int i = 0; i < pace.rounds(); i++) {
            pauses.around(NEW, generations::rollback);
            pauses.around(LIVE, () -> generations.switchTo(NEW));
        }
        figures.addAll(pauses.figures());
    }

    private void addLatencies(Window calm, Window rebuild) {
        double before = probes.p99Millis(calm);
        double meanwhile = probes.p99Millis(rebuild);
        figures.add(Figure.rate("live_p99_calm", before, "ms"));
        figures.add(Figure.rate("live_p99_during_rebuild", meanwhile, "ms"));
        figures.add(Figure.ratioOfAtMost(2, "live_p99_vs_calm", meanwhile / before));
    }

    /** Both have followed until nothing came any more. */
    private static Figure digests(PgGenerations generations) {
        boolean equal = generations.digest(LIVE).equals(generations.digest(NEW));
        return new Figure("digests_equal", equal ? 1 : 0, "yes = 1", 1.0, equal);
    }

    private long rowsOf(int generation) {
        try (Connection connection = servers.connect()) {
            return Observers.places(connection, generation);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot see how far generation " + generation + " is", e);
        }
    }
}
