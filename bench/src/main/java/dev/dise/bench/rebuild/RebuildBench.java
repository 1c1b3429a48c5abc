package dev.dise.bench.rebuild;

import dev.dise.bench.SteadySender;
import dev.dise.bench.line.LineServers;
import dev.dise.bench.line.Probes;
import dev.dise.bench.line.Traffic;
import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a rebuild of each store beside the living line, and the commands that show that nothing is missing: all in one
 * run, with steady live traffic wherever that is possible.
 */
public final class RebuildBench implements Bench {
    private static final int ROWS = 1_000_000;
    private static final int ROWS_OF_A_POINT = 20;
    private static final int MOST_POINTS = 100_000;

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public int usualRows() {
        return ROWS;
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        try (LineServers servers = LineServers.start(options.state())) {
            Pace pace = Pace.of(options.rows());
            Probes probes = new Probes();
            Traffic traffic = new Traffic(servers.config().kafka(), probes);
            int points = Math.clamp(options.rows() / ROWS_OF_A_POINT, 1, MOST_POINTS);
            fill(servers, traffic, options.rows(), points, progress);
            List<Figure> figures =
                    new ArrayList<>(new PostgresRebuild(servers, traffic, probes, pace, progress).measure());
            try (SteadySender sender = traffic.steady(pace.eventsPerSecond())) {
                figures.addAll(new QdrantRebuild(servers, progress).measure(points));
                sender.stop();
            }
            servers.awaitStored();
            figures.addAll(new Checks(servers, pace, progress).measure());
            return figures;
        }
    }

    private static void fill(LineServers servers, Traffic traffic, int rows, int points, PrintWriter progress)
            throws Exception {
        long begun = System.nanoTime();
        traffic.sendArtifacts(points);
        traffic.sendLogs(rows);
        progress.printf("%,d logs and %,d artifacts sent, waiting until the line has stored them …%n", rows, points);
        servers.awaitStored();
        progress.printf(
                "stored after %d s%n",
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }
}
