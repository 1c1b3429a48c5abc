package dev.dise.pg.archive;

import java.sql.SQLException;
import java.time.Instant;

/** Removes the rows of a slice, in one transaction with what is noted about them, or not at all. */
final class Removal {
    /** Times that it waits for a lock: long queries come and go, and the file need not be written again for them. */
    private static final int TRIES = 5;

    private final Session session;
    private final Archives archives;
    private final Instant now;

    Removal(Session session, Archives archives, Instant now) {
        this.session = session;
        this.archives = archives;
        this.now = now;
    }

    /** What must hold while nobody can write into the partition. */
    @FunctionalInterface
    interface Check {
        boolean holds() throws SQLException;
    }

    /** Returns whether the rows are gone; they are not where the check failed, or somebody has just restored the day. */
    boolean remove(Slice slice, Check check) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return session.transaction(() -> removeNow(slice, check));
            } catch (SQLException e) {
                if (tries == TRIES || !Session.isBusy(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Readers go on until the last moment: the partition's lock keeps out who writes into it, and only the removal itself
     * needs the whole table for itself.
     */
    private boolean removeNow(Slice slice, Check check) throws SQLException {
        session.execute("LOCK TABLE " + slice.partition() + " IN SHARE MODE");
        if (archives.kept(slice.table(), now).contains(slice.label()) || !check.holds()) {
            return false;
        }
        archives.release(slice.table(), slice.label());
        session.execute(slice.removal());
        return true;
    }
}
