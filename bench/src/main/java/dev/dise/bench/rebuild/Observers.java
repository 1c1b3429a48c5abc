package dev.dise.bench.rebuild;

import dev.dise.bench.line.Asking;
import dev.dise.bench.line.LineServers;
import dev.dise.bench.line.Probes;
import dev.dise.bench.line.Window;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who looks at PostgreSQL throughout: a reader of new rows and one who counts all, both through the views; and one who sees
 * when the sink commits into each generation.
 */
final class Observers implements AutoCloseable {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration SELDOM = Duration.ofSeconds(2);

    private final LineServers servers;
    private final List<Connection> connections = new ArrayList<>();
    private final Map<Integer, Asking> commits = new TreeMap<>();
    private final Asking reader;
    private final Asking counter;

    private Observers(LineServers servers, Probes probes) throws SQLException {
        this.servers = servers;
        Connection reading = connect();
        Connection counting = connect();
        this.reader = Asking.start("bench-reader", OFTEN, () -> probes.look(reading));
        this.counter =
                Asking.start("bench-counter", SELDOM, () -> number(counting, "SELECT count(*) FROM dise.tool_logs"));
    }

    static Observers start(LineServers servers, Probes probes) throws SQLException {
        return new Observers(servers, probes);
    }

    /** How many rows a generation has, where every record is a row: how far it has read. */
    static long places(Connection connection, int generation) throws SQLException {
        return number(connection, "SELECT coalesce(sum(next_offset), 0) FROM dise_g" + generation + ".sink_offsets");
    }

    /** Answers that failed or showed less than before. */
    long failures() {
        return reader.failures() + counter.failures();
    }

    double longestAnswerMillis(Window window) {
        return reader.longestAnswerMillis(window);
    }

    /** The longest time between two commits into a generation. */
    double longestStillMillis(int generation, Window window) {
        return commits(generation).longestStillMillis(window);
    }

    /** Looks from now on, if nobody does yet. */
    void watchCommits(int generation) throws SQLException {
        if (!commits.containsKey(generation)) {
            Connection connection = connect();
            commits.put(generation, Asking.start("bench-commits", OFTEN, () -> places(connection, generation)));
        }
    }

    private Asking commits(int generation) {
        Asking asking = commits.get(generation);
        if (asking == null) {
            throw new IllegalStateException("nobody looks at generation " + generation);
        }
        return asking;
    }

    private Connection connect() throws SQLException {
        Connection connection = servers.connect();
        connections.add(connection);
        return connection;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        reader.close();
        counter.close();
        commits.values().forEach(Asking::close);
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
