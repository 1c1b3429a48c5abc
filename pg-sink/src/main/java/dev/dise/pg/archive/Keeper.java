package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.Failure;
import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tables beside a service, in a thread of its own: at once, and then every ten minutes. Whatever goes
 * wrong here is said and counted, and stops nothing else.
 */
public final class Keeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final String PART = "pg-keeper";
    private static final long MINUTES_BETWEEN = 10;
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Maintenance maintenance;
    private final Health health;
    private final Counter failures;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name(PART).daemon().unstarted(this::run);

    private Keeper(Maintenance maintenance, Health health, MeterRegistry meters) {
        this.maintenance = maintenance;
        this.health = health;
        this.failures = meters.counter("dise.keeper.failures");
    }

    /** Begins, and returns at once. */
    public static Keeper start(Maintenance maintenance, Health health, MeterRegistry meters) {
        Keeper keeper = new Keeper(maintenance, health, meters);
        keeper.thread.start();
        return keeper;
    }

    /** Ends the pass that runs; a later one finishes what it was at. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            maintenance.stop();
            if (!thread.join(TO_STOP)) {
                log.atWarn().log("keeper does not stop, its thread ends with the process");
            }
        } catch (SQLException e) {
            // There is no connection any more, and so no statement to wait for.
            log.atDebug().setCause(e).log("nothing to cancel");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                pass();
            } while (!closed.await(MINUTES_BETWEEN, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            // Closed while it waited: the thread ends here.
            log.atDebug().log("keeper stops");
        }
    }

    private void pass() {
        try {
            Upkeep upkeep = maintenance.pass();
            report(upkeep.failures());
        } catch (RuntimeException | LinkageError e) {
            // PostgreSQL is away, a library is missing, or this has a bug; the sink goes on in either case, and so does
            // the schedule.
            log.atWarn().setCause(e).log("tables not looked after, will be tried again");
            report(List.of(new Failure("all tables", String.valueOf(e.getMessage()))));
        }
    }

    private void report(List<Failure> failed) {
        failures.increment(failed.size());
        if (failed.isEmpty()) {
            health.report(PART, State.UP, "the tables are looked after");
            return;
        }
        Failure first = failed.get(0);
        String more = failed.size() == 1 ? "" : ", and " + (failed.size() - 1) + " more";
        health.report(PART, State.UP, "will be tried again: " + first.what() + ": " + first.why() + more);
    }
}
