package dev.dise.bench;

import dev.dise.cli.bench.Bench.Options;
import dev.dise.cli.bench.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the measurements in turn, so that a slow minute of the machine hits each of them, and does the sums. */
final class PostgresFigures {
    private static final int ROUNDS = 3;
    /** With fewer, starting takes longer than measuring, and one round says as little as three. */
    private static final int FEW_ROWS = 50_000;

    private static final int INSERTS = 3_000;
    private static final int ONE_BATCH = 500;
    private static final int MANY = 10_000_000;

    private final BareTable bareTable;
    private final SinkRun sink;
    private final StatementCount statements;
    private final BenchTopic topic;
    private final Datasets datasets;
    private final DebeziumPeer peer;
    private final boolean withPeers;
    private final boolean longer;
    private final int rows;
    private final int warmUp;
    private final Outage outage;
    private final PrintWriter progress;

    private final Repeated copied = new Repeated();
    private final Repeated clean = new Repeated();
    private final Repeated duplicates = new Repeated();
    private final Repeated poison = new Repeated();

    PostgresFigures(BenchServers servers, LogEvents events, Options options, PrintWriter progress) throws IOException {
        this.bareTable = new BareTable(servers, events);
        this.sink = new SinkRun(servers);
        this.statements = new StatementCount(servers, sink);
        this.topic = new BenchTopic(servers.config(1, ONE_BATCH).kafka());
        this.datasets = new Datasets(events);
        this.peer = new DebeziumPeer(servers, events);
        this.withPeers = options.peers();
        this.longer = options.longer();
        this.rows = options.rows();
        this.warmUp = SinkRun.warmUp(rows);
        this.outage = new Outage(servers, sink, topic, datasets, progress);
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        Path file = bareTable.prepare(rows);
        int rounds = rows < FEW_ROWS ? 1 : ROUNDS;
        for (int round = 1; round <= rounds; round++) {
            say("round " + round + " of " + rounds);
            copied.add(said("raw COPY", bareTable.copiedRowsPerSecond(file, rows)));
            clean.add(sink("topic to row", datasets.clean(warmUp + rows)));
            duplicates.add(sink("with 1 % duplicates", datasets.withDuplicates(warmUp + rows)));
            poison.add(sink("with 1 % poison", datasets.withPoison(warmUp + rows)));
        }
        List<Figure> figures = new ArrayList<>(mainFigures());
        figures.add(Figure.rate("entity_upserts_per_s", sink("entities", datasets.bugs(warmUp + rows / 4))));
        double inserted = bareTable.insertedRowsPerSecond(Math.min(rows, INSERTS));
        figures.add(Figure.rate("insert_per_row_rows_per_s", said("one INSERT per row", inserted)));
        figures.add(isolation());
        if (withPeers) {
            figures.addAll(peerFigures());
        }
        if (longer) {
            figures.addAll(outage.measure());
            figures.add(costByHeight());
        }
        return figures;
    }

    private Figure costByHeight() throws Exception {
        say("filling one table with " + MANY + " rows");
        Dataset dataset = datasets.clean(MANY);
        topic.fill(dataset);
        CostByHeight cost = new CostByHeight();
        sink.run(dataset, SinkRun.MAX_BATCH, cost);
        return Figure.ratioOfAtMost(1.2, "cost_10m_vs_100k", cost.lastToFirst());
    }

    private List<Figure> mainFigures() {
        return List.of(
                Figure.rate("raw_copy_rows_per_s", copied.median()),
                Figure.rate("topic_to_row_rows_per_s", clean.median()),
                Figure.countOfAtMost(SinkRun.HEAP_MEBIBYTES, "worker_heap_limit", SinkRun.HEAP_MEBIBYTES, "MiB"),
                Figure.ratioOfAtLeast(0.5, "topic_to_row_vs_raw_copy", clean.median() / copied.median()),
                Figure.rate("duplicates_1pct_rows_per_s", duplicates.median()),
                Figure.rate("poison_1pct_rows_per_s", poison.median()),
                Figure.ratioOfAtLeast(0.75, "poison_1pct_vs_clean", poison.median() / clean.median()));
    }

    private List<Figure> peerFigures() throws Exception {
        double debezium = said("Debezium JDBC sink", peer.rowsPerSecond(rows));
        return List.of(
                Figure.rate("debezium_rows_per_s", debezium),
                Figure.ratioOfAtLeast(3, "topic_to_row_vs_debezium", clean.median() / debezium));
    }

    private Figure isolation() throws Exception {
        Dataset dataset = datasets.withOneRefused(ONE_BATCH);
        topic.fill(dataset);
        return Figure.countOfAtMost(20, "isolation_statements_1_in_500", statements.of(dataset), "statements");
    }

    private double sink(String what, Dataset dataset) throws Exception {
        topic.fill(dataset);
        return said(what, sink.recordsPerSecond(dataset, warmUp));
    }

    private double said(String what, double rowsPerSecond) {
        say(String.format("%s: %,.0f rows/s", what, rowsPerSecond));
        return rowsPerSecond;
    }

    private void say(String text) {
        progress.println(text);
    }
}
