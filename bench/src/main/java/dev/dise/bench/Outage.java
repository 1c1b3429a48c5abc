package dev.dise.bench;

import dev.dise.cli.bench.Figure;
import dev.dise.pg.PgSinkService;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Topic;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL away for five minutes while events keep coming: what is lost, what doubles, how long catching up takes. */
final class Outage {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final Duration BEFORE = Duration.ofSeconds(20);
    private static final Duration AWAY = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** As a generation that no other measurement uses. */
    private static final int GENERATION = 9_000;

    private static final String SCHEMA = "dise_g" + GENERATION;

    private final BenchServers servers;
    private final SinkRun sink;
    private final BenchTopic topic;
    private final Datasets datasets;
    private final PrintWriter progress;

    Outage(BenchServers servers, SinkRun sink, BenchTopic topic, Datasets datasets, PrintWriter progress) {
        this.servers = servers;
        this.sink = sink;
        this.topic = topic;
        this.datasets = datasets;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        Dataset events = datasets.clean(Integer.MAX_VALUE);
        topic.fill(datasets.clean(0));
        DiseConfig config = servers.config(GENERATION, SinkRun.MAX_BATCH);
        PgSinkService.migrate(config.database());
        long lettersBefore = topic.records(Topic.DEAD_LETTERS);
        AtomicInteger sent = new AtomicInteger();
        Duration caughtUp;
        try (ChildJvm worker = sink.start();
                SteadySender sender = SteadySender.start(config.kafka(), events.record(), EVENTS_PER_SECOND, sent)) {
            TimeUnit.MILLISECONDS.sleep(BEFORE.toMillis());
            worker.requireRunning();
            say("PostgreSQL is stopped for " + AWAY.toSeconds() + " s");
            servers.stopPostgres();
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
            servers.startPostgres();
            long back = System.nanoTime();
            Waiting.until("the sink is a second behind at most", PATIENCE, () -> {
                worker.requireRunning();
                return sent.get() - committed() <= EVENTS_PER_SECOND;
            });
            caughtUp = Duration.ofNanos(System.nanoTime() - back);
            say("caught up after " + caughtUp.toSeconds() + " s, beside " + EVENTS_PER_SECOND + " new events a second");
            sender.stop();
            Waiting.until("all is committed", PATIENCE, () -> committed() == sent.get());
        }
        return figures(sent.get(), topic.records(Topic.DEAD_LETTERS) - lettersBefore, caughtUp);
    }

    private List<Figure> figures(int sent, long letters, Duration caughtUp) throws SQLException {
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement()) {
            long rows = SinkRun.number(statement, "SELECT count(*) FROM " + SCHEMA + ".tool_logs");
            long events = SinkRun.number(statement, "SELECT count(DISTINCT event_id) FROM " + SCHEMA + ".tool_logs");
            statement.execute("DROP SCHEMA " + SCHEMA + ", dise CASCADE");
            double share = (double) caughtUp.toMillis() / AWAY.toMillis();
            return List.of(
                    Figure.countOfAtMost(0, "outage_dead_letters", letters, "events"),
                    Figure.countOfAtMost(0, "outage_lost", sent - events, "events"),
                    Figure.countOfAtMost(0, "outage_doubled", rows - events, "events"),
                    Figure.ratioOfAtMost(0.25, "outage_catch_up_vs_outage", share));
        }
    }

    private long committed() throws SQLException {
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement()) {
            return SinkRun.number(statement, "SELECT coalesce(sum(next_offset), 0) FROM " + SCHEMA + ".sink_offsets");
        }
    }

    private void say(String text) {
        progress.println(text);
    }
}
