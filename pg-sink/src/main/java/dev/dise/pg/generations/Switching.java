package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.pg.Migrations;
import dev.dise.pg.archive.Session;
import dev.dise.pg.generations.Registered.Standing;
import dev.dise.runtime.sink.Partition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets readers see another generation. The views and the registry change in one transaction, in which the old generation
 * stands still until the new one has all that it has: so no reader sees less than before. Whoever waits for that transaction
 * waits a fraction of a second; what does not fit into that is undone and tried again.
 */
final class Switching {
    private static final Duration FOR_A_LOCK = Duration.ofMillis(100);
    private static final Duration FOR_THE_VIEWS = Duration.ofMillis(120);
    private static final Duration FOR_THE_FOLLOWER = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 50;
    private static final long LOOK_MILLIS = 5;
    /** Nobody is held up for more than these at first; where events come faster, later attempts are not so choosy. */
    private static final int FEW = 100;

    private final Workshop workshop;
    private final Session session;
    private Duration longest = Duration.ZERO;
    private int attempts;

    Switching(Workshop workshop, Session session) {
        this.workshop = workshop;
        this.session = session;
    }

    /**
     * Switches, or leaves everything as it is.
     *
     * @return the longest that anybody was held up, also by attempts that were undone
     * @throws IllegalStateException if the follower does not become level, or readers never let go of the views
     */
    Duration to(Generation generation) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Generation live = Workshop.live(session);
            if (live.equals(generation)) {
                return longest;
            }
            if (attempt(live, generation)) {
                makeDurable(generation);
                return longest;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(tooLong(live, generation));
            }
            pause(PAUSE_MILLIS);
        }
    }

    /** A power cut before this would have readers see the other generation again, which has the same. */
    private void makeDurable(Generation generation) throws SQLException {
        Registry.phase(session.connection(), generation, "");
    }

    private boolean attempt(Generation live, Generation generation) throws SQLException {
        attempts++;
        if (Places.behind(Places.of(session.connection(), generation), Places.of(session.connection(), live))
                > Math.min(workshop.database().maxBatch(), (long) FEW * attempts)) {
            return false;
        }
        long started = System.nanoTime();
        try {
            return session.<SQLException>transaction(() -> attemptNow(live, generation));
        } catch (SQLException e) {
            // Somebody holds what this needs, or it took too long: all is as before, and is tried again.
            if (!Session.isBusy(e) && !"57014".equals(e.getSQLState())) {
                throw e;
            }
            return false;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
    }

    private boolean attemptNow(Generation live, Generation generation) throws SQLException {
        session.execute("SET LOCAL lock_timeout = " + FOR_A_LOCK.toMillis());
        // Who waits for the views is not to wait for the disk too.
        session.execute("SET LOCAL synchronous_commit = off");
        Map<Partition, Long> held = Places.hold(session.connection(), live);
        if (!becomesLevel(generation, held)) {
            return false;
        }
        session.execute("SET LOCAL statement_timeout = " + FOR_THE_VIEWS.toMillis());
        // One statement, so that one limit is for all views together.
        session.execute("DO $dise$ BEGIN " + Migrations.views(generation) + " END $dise$");
        Registry.become(session.connection(), live, Standing.FOLLOWING, "");
        Registry.become(session.connection(), generation, Standing.LIVE, "");
        Registry.switchedFrom(session.connection(), generation, live.number());
        workshop.failpoints().hit("rebuild.before_switch");
        return true;
    }

    private boolean becomesLevel(Generation generation, Map<Partition, Long> held) throws SQLException {
        long deadline = System.nanoTime() + FOR_THE_FOLLOWER.toNanos();
        while (Places.behind(Places.of(session.connection(), generation), held) > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(LOOK_MILLIS);
        }
        return true;
    }

    private String tooLong(Generation live, Generation generation) throws SQLException {
        long behind = Places.behind(Places.of(session.connection(), generation), Places.of(session.connection(), live));
        return behind > 0
                ? String.format(
                        "generation %d is %,d records behind the live one after %d s, so readers would see less: is the"
                                + " sink running? Switch again once it has caught up",
                        generation.number(), behind, PATIENCE.toSeconds())
                : "somebody has held the views or the rows of generation " + generation.number() + " for "
                        + PATIENCE.toSeconds() + " s: end long transactions, and switch again";
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while switching; readers see what they saw", e);
        }
    }
}
