package dev.dise.pg.generations;

import dev.dise.pg.archive.Session;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Sees to it that of several processes only one does something; frees itself when the process dies. */
final class GenerationLock implements AutoCloseable {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

    private final Session session;
    private final String name;

    private GenerationLock(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    /**
     * Takes it over a connection of its own.
     *
     * @param what is done under it, as in {@code rebuild}
     * @throws IllegalStateException if another process has it
     */
    static GenerationLock take(DataSource owner, String what) throws SQLException {
        Session session = Session.open(owner, "dise");
        try {
            String name = "dise generations " + what;
            if (session.one(LOCK, row -> row.getBoolean(1), name)) {
                return new GenerationLock(session, name);
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        session.close();
        throw new IllegalStateException("another process is at a " + what + " of this database: wait for its end");
    }

    @Override
    public void close() throws SQLException {
        try (session) {
            // Closing frees it as well, but only soon.
            session.one(UNLOCK, row -> row.getBoolean(1), name);
        }
    }
}
