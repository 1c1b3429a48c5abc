package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A reader that asks again and again: no question may fail, and none may be answered with less than the one before. */
final class PollingReader implements AutoCloseable {
    private static final String QUESTION =
            "SELECT (SELECT count(*) FROM tool_logs), (SELECT count(*) FROM tool_performance),"
                    + " (SELECT sum(occurrences) FROM tool_bugs), (SELECT sum(occurrences) FROM generated_tools)";
    private static final int ANSWERS = 4;

    private final DataSource source;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::poll, "reader");
    private final long[] before = new long[ANSWERS];
    private volatile boolean stopped;
    private final AtomicLong questions = new AtomicLong();
    private volatile Duration slowest = Duration.ZERO;

    private PollingReader(DataSource source) {
        this.source = source;
    }

    static PollingReader start(DataSource source) {
        PollingReader reader = new PollingReader(source);
        reader.thread.start();
        return reader;
    }

    long questions() {
        return questions.get();
    }

    /** The longest that it waited for an answer. */
    Duration slowest() {
        return slowest;
    }

    /** Stops it, and fails with what it has seen. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable seen = failure.get();
        if (seen != null) {
            throw new AssertionError("a reader was let down after " + questions + " answers", seen);
        }
    }

    private void poll() {
        try (Connection connection = source.getConnection()) {
            while (!stopped) {
                long asked = System.nanoTime();
                ask(connection);
                Duration took = Duration.ofNanos(System.nanoTime() - asked);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                questions.incrementAndGet();
            }
        } catch (SQLException | RuntimeException | AssertionError e) {
            failure.set(e);
        }
    }

    private void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(QUESTION)) {
            answer.next();
            for (int i = 0; i < ANSWERS; i++) {
                long now = answer.getLong(i + 1);
                assertThat(now).as("answer %d", i).isGreaterThanOrEqualTo(before[i]);
                before[i] = now;
            }
        }
    }
}
