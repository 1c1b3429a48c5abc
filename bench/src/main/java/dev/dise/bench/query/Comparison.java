package dev.dise.bench.query;

import dev.dise.bench.gateway.KeepAliveClient;
import dev.dise.cli.bench.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Asks the service and the store in turns, each question of both, and compares how long the answers took. */
final class Comparison implements AutoCloseable {
    private static final double GOAL = 1.5;
    private static final int OK = 200;
    /** Questions that count are others than those that warm up. */
    private static final int FIRST = 1_000;

    private final KeepAliveClient service;
    private final Scale.Effort effort;
    private final PrintWriter progress;
    private double worst;

    Comparison(int port, Scale.Effort effort, PrintWriter progress) throws Exception {
        this.service = new KeepAliveClient(port);
        this.effort = effort;
        this.progress = progress;
    }

    List<Figure> measure(List<Kind> kinds) throws Exception {
        List<Figure> figures = new ArrayList<>();
        // All of them first: the first kind is not to pay for what the others find compiled.
        for (Kind kind : kinds) {
            Times unused = ask(kind, 0, effort.warmUp(), effort.most().toNanos() / 2);
        }
        for (Kind kind : kinds) {
            figures.addAll(figures(
                    kind.name(), ask(kind, FIRST, effort.calls(), effort.most().toNanos())));
        }
        figures.add(Figure.ratioOfAtMost(GOAL, "worst_vs_bare_p50", worst));
        return figures;
    }

    /** The times of the answers, and how many rows the bare ones had. */
    private record Times(List<Long> service, List<Long> bare, long rows) {}

    private Times ask(Kind kind, int from, int calls, long most) throws Exception {
        List<Long> served = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        long rows = 0;
        long end = System.nanoTime() + most;
        for (int i = 0; i < calls && (i < Scale.Effort.FEWEST || System.nanoTime() < end); i++) {
            // Who is first may find the pages that the other has read.
            if (i % 2 == 0) {
                served.add(served(kind, from + i));
            }
            long begun = System.nanoTime();
            rows += kind.bare().ask(from + i);
            bare.add(System.nanoTime() - begun);
            if (i % 2 == 1) {
                served.add(served(kind, from + i));
            }
        }
        return new Times(served, bare, rows);
    }

    private long served(Kind kind, int number) throws Exception {
        byte[] request = KeepAliveClient.get(kind.path().apply(number));
        long begun = System.nanoTime();
        service.exchange(request, OK);
        return System.nanoTime() - begun;
    }

    private List<Figure> figures(String name, Times times) {
        double p50 = micros(times.service(), 0.5);
        double bare = micros(times.bare(), 0.5);
        double ratio = p50 / bare;
        worst = Math.max(worst, ratio);
        progress.printf(
                "%s: %,.0f µs, bare %,.0f µs, ratio %.2f; %d calls, %.1f rows each%n",
                name,
                p50,
                bare,
                ratio,
                times.bare().size(),
                (double) times.rows() / times.bare().size());
        return List.of(
                Figure.rate(name + "_p50", p50, "µs"),
                Figure.rate(name + "_p99", micros(times.service(), 0.99), "µs"),
                Figure.rate(name + "_bare_p50", bare, "µs"),
                Figure.rate(name + "_bare_p99", micros(times.bare(), 0.99), "µs"),
                Figure.ratioOfAtMost(GOAL, name + "_vs_bare_p50", ratio));
    }

    private static double micros(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()))) / 1e3;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
