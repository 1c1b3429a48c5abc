package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** The lock by which at most one at a time looks after the tables and files of a generation. Its session's end gives it back. */
final class KeeperLock {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";
    private static final int SECONDS = 60;
    private static final int TRIES_A_SECOND = 5;

    private KeeperLock() {}

    /** Returns whether it is this session's now. */
    static boolean tryTake(Session session, Generation generation) throws SQLException {
        return ask(session, LOCK, generation);
    }

    /**
     * Waits for it.
     *
     * @throws IllegalStateException if another has it for more than a minute
     */
    static void take(Session session, Generation generation) throws SQLException {
        for (int tries = 0; !tryTake(session, generation); tries++) {
            if (tries == SECONDS * TRIES_A_SECOND) {
                throw new IllegalStateException("a keeper of " + generation.schema() + " is at work for more than "
                        + SECONDS + " s; try again later");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1_000 / TRIES_A_SECOND);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a keeper was at work", e);
            }
        }
    }

    /** Gives it back before the session ends. */
    static void release(Session session, Generation generation) throws SQLException {
        // It was this session's, or its connection is new.
        boolean unused = ask(session, UNLOCK, generation);
    }

    private static boolean ask(Session session, String lock, Generation generation) throws SQLException {
        return session.one(lock, row -> row.getBoolean(1), generation.schema() + " keeper");
    }
}
