package dev.dise.bench;

import dev.dise.pg.PgSinkService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Runs the real sink on what the topic holds, into tables of a generation of its own that are dropped afterwards. The
 * time counts from the moment it begins to read until the last row is committed.
 */
final class SinkRun {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(60);
    static final int MAX_BATCH = 5_000;

    private final BenchServers servers;
    private int generation;

    SinkRun(BenchServers servers) {
        this.servers = servers;
    }

    /** Rows a second; throws if a row is missing or doubled. */
    double rowsPerSecond(Dataset dataset) throws Exception {
        Duration took = run(dataset, MAX_BATCH, place -> {});
        return dataset.records() * 1e9 / took.toNanos();
    }

    /**
     * Runs once.
     *
     * @param maxBatch records of one transaction at most
     * @param watcher told again and again how many records are committed
     */
    Duration run(Dataset dataset, int maxBatch, LongConsumer watcher) throws Exception {
        String schema = "dise_g" + ++generation;
        Health health = new Health();
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement()) {
            DiseConfig config = servers.config(generation, maxBatch);
            PgSinkService.migrate(config.database());
            if (dataset.deadLetters() > 0) {
                statement.execute("ALTER TABLE " + schema + "." + dataset.table() + " ADD CHECK (run_id <> '"
                        + Datasets.REFUSED_RUN + "')");
            }
            Duration took;
            try (PgSinkService service = PgSinkService.start(config, health, new Metrics())) {
                Waiting.until("the sink reads", START, () -> isReading(health, service));
                long begun = System.nanoTime();
                Waiting.until(
                        "all is committed",
                        PATIENCE,
                        () -> committed(statement, schema, watcher, service) >= dataset.records());
                took = Duration.ofNanos(System.nanoTime() - begun);
            }
            requireEachOnce(statement, schema, dataset);
            statement.execute("DROP SCHEMA " + schema + " CASCADE");
            return took;
        }
    }

    private static boolean isReading(Health health, PgSinkService service) {
        requireRunning(service);
        return health.parts().values().stream().anyMatch(part -> part.state() == State.UP);
    }

    private static long committed(Statement statement, String schema, LongConsumer watcher, PgSinkService service)
            throws SQLException {
        requireRunning(service);
        long place = number(statement, "SELECT coalesce(sum(next_offset), 0) FROM " + schema + ".sink_offsets");
        watcher.accept(place);
        return place;
    }

    private static void requireRunning(PgSinkService service) {
        if (service.ended().isDone()) {
            // Throws what ended it, if it was a failure.
            service.ended().join();
            throw new IllegalStateException("the sink ended before it had read all");
        }
    }

    private static void requireEachOnce(Statement statement, String schema, Dataset dataset) throws SQLException {
        long rows = number(statement, "SELECT count(*) FROM " + schema + "." + dataset.table());
        if (rows != dataset.rows()) {
            throw new IllegalStateException("the sink stored " + rows + " rows instead of " + dataset.rows());
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
