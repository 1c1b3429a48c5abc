package dev.dise.gateway;

import dev.dise.gateway.wire.Connections;
import java.time.Duration;

/** Until when requests wait for what they sent to be safe. */
final class Deadlines {
    /** While the gateway is being stopped. */
    private static final Duration LAST = Duration.ofSeconds(4);

    private final Duration patience;
    private final Connections connections;

    Deadlines(Duration patience, Connections connections) {
        this.patience = patience;
        this.connections = connections;
    }

    /** The deadline of what is sent now, a time of {@link System#nanoTime}. */
    long next() {
        Duration wait = connections.isStopping() && patience.compareTo(LAST) > 0 ? LAST : patience;
        return System.nanoTime() + wait.toNanos();
    }
}
