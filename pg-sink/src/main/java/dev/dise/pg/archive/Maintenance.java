package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import dev.dise.runtime.config.Keeping;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What looking after the tables of a generation takes. One call at a time; what it does can be done again, and is
 * finished by the next call where one was killed.
 */
public final class Maintenance {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

    private final DataSource owner;
    private final Generation generation;
    private final Keeping keeping;
    private final Clock clock;
    private volatile boolean stopped;
    private volatile @Nullable Session current;

    /**
     * @param owner connections of the role that owns the tables; two at once
     * @param clock says what day it is, and what is older than its retention
     */
    public Maintenance(DataSource owner, Generation generation, Keeping keeping, Clock clock) {
        this.owner = owner;
        this.generation = generation;
        this.keeping = keeping;
        this.clock = clock;
    }

    /**
     * Does everything that is due now: partitions ahead, indexes of closed partitions, and what is older than its
     * retention. At most one of several processes does; minutes, where much is due.
     *
     * @throws IllegalStateException if PostgreSQL cannot be reached
     */
    public Upkeep pass() {
        try (Session session = Session.open(owner, generation.schema())) {
            current = session;
            if (!ask(session, LOCK)) {
                return Upkeep.byAnother();
            }
            Upkeep upkeep = new Pass(session, keeping, clock.instant(), () -> stopped).run();
            if (session.isAlive()) {
                // Closing gives the lock back as well, but only soon.
                ask(session, UNLOCK);
            }
            return upkeep;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look after the tables: " + e.getMessage(), e);
        } finally {
            current = null;
        }
    }

    /** Ends the pass that runs in another thread, and lets none begin. What it was at it leaves undone. */
    public void stop() throws SQLException {
        stopped = true;
        Session session = current;
        if (session != null) {
            session.cancel();
        }
    }

    private boolean ask(Session session, String lock) throws SQLException {
        return session.one(lock, row -> row.getBoolean(1), generation.schema() + " keeper");
    }
}
