package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.Signals;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with PostgreSQL, it costs time: no dead letter, no event, no place in the group. */
class PgOutagesIT extends SinkServiceRig {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final int HALF_SECONDS_OF_ENDING_SESSIONS = 20;

    /** How PostgreSQL is broken, or mended. */
    private interface Step {
        void run() throws Exception;
    }

    @AfterEach
    void stopTraffic() {
        traffic.stop();
    }

    @Test
    void aServerThatIsReadOnlyIsWaitedFor() throws Exception {
        outage(
                () -> {
                    postgres.executeAsSuperuser(
                            "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
                    postgres.endAllSessions();
                },
                () -> {
                    postgres.executeAsSuperuser(
                            "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()");
                    postgres.endAllSessions();
                });
    }

    @Test
    void aServerWithoutFreeConnectionsIsWaitedFor() throws Exception {
        try (AllConnections others = new AllConnections(postgres)) {
            outage(others::take, others::close);
        }
    }

    @Test
    void sessionsThatAreEndedAgainAndAgainAreOpenedAgain() throws Exception {
        try (RunningSink sink = RunningSink.start(config(), group)) {
            traffic.flow(200);
            AtomicInteger times = new AtomicInteger();
            await().atMost(PATIENCE).pollInterval(HALF_A_SECOND).until(() -> {
                postgres.endAllSessions();
                return times.incrementAndGet() == HALF_SECONDS_OF_ENDING_SESSIONS;
            });
            assertThat(sink.timesUnavailable()).isPositive();
            requireUnharmed(sink);
        }
    }

    @Test
    void aSessionThatHangsInsideATransactionIsGivenUp() throws Exception {
        try (Connection blocker = postgres.others().getConnection();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            outage(
                    () -> {
                        lock.execute("LOCK TABLE dise_g1.tool_logs IN ACCESS EXCLUSIVE MODE");
                        freezeWaiting();
                        blocker.rollback();
                    },
                    () -> Signals.send("CONT", postgres.sessions()));
        }
    }

    @Test
    void aServerThatHangsIsWaitedFor() throws Exception {
        outage(() -> Signals.send("STOP", postgres.processes()), () -> Signals.send("CONT", postgres.processes()));
    }

    @Test
    void aFullDiskIsWaitedFor() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                disk.take(postgres);
                return true;
            });
            outage(disk::fill, disk::free);
            disk.giveBack(postgres);
        }
    }

    @Test
    void aServerThatIsStoppedAtOnceAndStartedAgainIsWaitedFor() throws Exception {
        outage(postgres::stopImmediately, postgres::startAgain);
    }

    /** Breaks PostgreSQL under a sink that writes, and mends it when the sink has noticed. */
    private static void outage(Step begin, Step end) throws Exception {
        try (RunningSink sink = RunningSink.start(config(), group)) {
            traffic.flow(200);
            sink.awaitUp();
            try {
                begin.run();
                sink.awaitWaiting();
            } finally {
                end.run();
            }
            sink.awaitUp();
            requireUnharmed(sink);
        }
    }

    private static void requireUnharmed(RunningSink sink) {
        traffic.stop();
        awaitDrained();
        sink.awaitUp();
        sink.requireSameMembership();
        checkLedger();
    }

    /** Stops a session of the sink that waits for a lock, and so is in the middle of a transaction. */
    private static void freezeWaiting() {
        String waiting = "wait_event_type = 'Lock'";
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            long[] sessions = postgres.sessions(waiting);
            if (sessions.length == 0) {
                return false;
            }
            Signals.send("STOP", sessions);
            // The statement may have given up just before.
            boolean caught = LongStream.of(postgres.sessions(waiting)).anyMatch(pid -> pid == sessions[0]);
            if (!caught) {
                Signals.send("CONT", sessions);
            }
            return caught;
        });
    }
}
