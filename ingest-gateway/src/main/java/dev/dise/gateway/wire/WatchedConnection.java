package dev.dise.gateway.wire;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection that is closed in good order, and not before its time: the wire knows when that is. */
final class WatchedConnection implements ServerConnection {
    private static final int LINGER_MILLIS = 1000;

    private final ServerConnection connection;
    private final WatchedContext context;
    private final Connections connections;

    WatchedConnection(ServerConnection connection, WatchedContext context, Connections connections) {
        this.connection = connection;
        this.context = context;
        this.connections = connections;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            connection.handle(limit);
        } finally {
            context.wire().linger(LINGER_MILLIS, context::receive);
            connections.remove(context.wire());
        }
    }

    @Override
    public Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        // Otherwise the wire ends it: by itself, the server would break connections whose next request is arriving.
        if (interrupt) {
            connection.close(true);
        }
    }
}
