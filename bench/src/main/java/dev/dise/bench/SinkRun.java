package dev.dise.bench;

import dev.dise.pg.PgSinkService;
import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Runs the real sink as a process of its own, with the heap that it is to do with, on what the topic holds, into tables of
 * a generation of its own that are dropped afterwards.
 */
final class SinkRun {
    /** What the worker must do with, at full speed. */
    static final int HEAP_MEBIBYTES = 256;

    static final int MAX_BATCH = 2_000;

    private static final String MAIN = "dev.dise.pg.Main";
    /** Batches die young: most of the heap is for what is new. */
    private static final List<String> FLAGS = List.of(
            "-Xmx" + HEAP_MEBIBYTES + "m",
            "-Xmn" + HEAP_MEBIBYTES * 5 / 8 + "m",
            "-XX:SurvivorRatio=4",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    private static final int WARM_UP = 400_000;
    private static final Duration PATIENCE = Duration.ofMinutes(60);

    private final BenchServers servers;
    private int generation;

    SinkRun(BenchServers servers) {
        this.servers = servers;
    }

    /** How many records come before those that are timed, of so many: the JVM has compiled by then. */
    static int warmUp(int timed) {
        return Math.min(timed, WARM_UP);
    }

    /** A watcher that knows how long the records behind the warm-up took. */
    private static final class Stopwatch implements LongConsumer {
        private final int warmUp;
        private long begun;
        private long before = -1;

        Stopwatch(int warmUp) {
            this.warmUp = warmUp;
        }

        @Override
        public void accept(long committed) {
            if (before < 0 && committed >= warmUp) {
                before = committed;
                begun = System.nanoTime();
            }
        }

        double perSecond(int all) {
            return (all - before) * 1e9 / (System.nanoTime() - begun);
        }
    }

    /**
     * Records a second, from the commit of the last that warms up to the commit of the last of all; throws if a row is
     * missing or doubled.
     */
    double recordsPerSecond(Dataset dataset, int warmUp) throws Exception {
        Stopwatch stopwatch = new Stopwatch(warmUp);
        double[] rate = new double[1];
        run(dataset, MAX_BATCH, committed -> {
            stopwatch.accept(committed);
            if (committed >= dataset.records()) {
                rate[0] = stopwatch.perSecond(dataset.records());
            }
        });
        return rate[0];
    }

    /**
     * Runs once.
     *
     * @param maxBatch records of one transaction at most
     * @param watcher told again and again how many records are committed, the last time that all are
     */
    void run(Dataset dataset, int maxBatch, LongConsumer watcher) throws Exception {
        String schema = "dise_g" + ++generation;
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement()) {
            prepare(statement, servers.config(generation, maxBatch), schema, dataset);
            try (ChildJvm sink = start()) {
                Waiting.until(
                        "all is committed",
                        PATIENCE,
                        () -> committed(statement, schema, watcher, sink) >= dataset.records());
            }
            requireEachOnce(statement, schema, dataset);
            // With what is shared, so that the next generation is the first of its database again.
            statement.execute("DROP SCHEMA " + schema + ", dise CASCADE");
        }
    }

    /** The worker, reading the config that was written last. */
    ChildJvm start() throws IOException {
        return ChildJvm.start(
                "pg-sink",
                servers.folder(),
                FLAGS,
                List.of(MAIN, servers.configFile().toString()));
    }

    private static void prepare(Statement statement, DiseConfig config, String schema, Dataset dataset)
            throws SQLException {
        PgSinkService.migrate(config.database());
        if (dataset.deadLetters() > 0) {
            statement.execute("ALTER TABLE " + schema + "." + dataset.table() + " ADD CHECK (run_id <> '"
                    + Datasets.REFUSED_RUN + "')");
        }
    }

    private static long committed(Statement statement, String schema, LongConsumer watcher, ChildJvm sink)
            throws SQLException, IOException {
        sink.requireRunning();
        long place = number(statement, "SELECT coalesce(sum(next_offset), 0) FROM " + schema + ".sink_offsets");
        watcher.accept(place);
        return place;
    }

    private static void requireEachOnce(Statement statement, String schema, Dataset dataset) throws SQLException {
        long rows = number(statement, "SELECT count(*) FROM " + schema + "." + dataset.table());
        if (rows != dataset.rows()) {
            throw new IllegalStateException("the sink stored " + rows + " rows instead of " + dataset.rows());
        }
    }

    static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
