package dev.dise.pg.generations;

import dev.dise.pg.archive.Session;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Sees to it that of several processes only one does something; frees itself when the process dies. */
final class GenerationLock {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

    private GenerationLock() {}

    /** What is done under the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Does it while a connection of its own has the lock.
     *
     * @param what is done, as in {@code rebuild}
     * @throws IllegalStateException if another process has the lock
     */
    static <T> T holding(DataSource owner, String what, Work<T> work) throws SQLException {
        String name = "dise generations " + what;
        try (Session session = Session.open(owner, "dise")) {
            if (!session.one(LOCK, row -> row.getBoolean(1), name)) {
                throw new IllegalStateException(
                        "another process is at a " + what + " of this database: wait for its end");
            }
            try {
                return work.run();
            } finally {
                // Closing frees it as well, but only soon.
                session.one(UNLOCK, row -> row.getBoolean(1), name);
            }
        }
    }
}
