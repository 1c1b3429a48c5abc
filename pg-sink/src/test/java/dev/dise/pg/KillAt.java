package dev.dise.pg;

import dev.dise.runtime.Failpoints;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills a worker when it comes to a place for the n-th time: its connections break, as they do when a process dies, and
 * nothing behind that place is done.
 */
final class KillAt implements Failpoints {
    private final String place;
    private final AtomicInteger hitsLeft;
    private final FaultyConnections connections;

    /** What the worker dies of. */
    static final class Killed extends Error {
        private Killed(String place) {
            super(place);
        }
    }

    KillAt(String place, int hit, FaultyConnections connections) {
        this.place = place;
        this.hitsLeft = new AtomicInteger(hit);
        this.connections = connections;
    }

    @Override
    public void hit(String point) {
        if (point.equals(place) && hitsLeft.decrementAndGet() == 0) {
            try {
                connections.breakOpen();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            throw new Killed(place);
        }
    }
}
