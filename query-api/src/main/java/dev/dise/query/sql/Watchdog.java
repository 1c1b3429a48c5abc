package dev.dise.query.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a statement that takes too long: PostgreSQL's own limit should have, then it is cancelled, and if that does not help
 * either the connection is torn down, after which PostgreSQL gives up by itself.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    /** What PostgreSQL's own limit gets to come first, and what a cancellation gets before the connection goes. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Connection connection;
    private final Statement statement;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean barked;

    private Watchdog(Connection connection, Statement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    static Watchdog over(Connection connection, Statement statement, Duration limit) {
        Watchdog watchdog = new Watchdog(connection, statement);
        Thread.ofVirtual().name("sql-watchdog").start(() -> watchdog.watch(limit));
        return watchdog;
    }

    /** Whether it had to do something. */
    boolean hasBarked() {
        return barked;
    }

    /** It is over. */
    @Override
    public void close() {
        done.countDown();
    }

    private void watch(Duration limit) {
        try {
            if (!isDoneIn(limit.plus(GRACE))) {
                barked = true;
                statement.cancel();
            }
            if (!isDoneIn(GRACE)) {
                barked = true;
                log.atWarn().log("a statement could not be cancelled, its connection is torn down");
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            log.atWarn().setCause(e).log("a statement could not be cancelled, its connection is torn down");
            abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Only a connection that is closed already cannot be aborted.
            log.atDebug().setCause(e).log("connection was closed");
        }
    }

    private boolean isDoneIn(Duration time) throws InterruptedException {
        return done.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
