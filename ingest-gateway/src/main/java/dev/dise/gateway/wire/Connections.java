package dev.dise.gateway.wire;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a server. A thread looks at them four times a second; where there are too many, one that does nothing
 * makes room for a new one, the slowest head first. Thread-safe.
 */
public final class Connections implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);
    /** A head that takes longer is more likely to be a slow attacker than a client. */
    private static final long USUAL_HEAD_NANOS = Duration.ofMillis(500).toNanos();

    private final WireLimits limits;
    private final Map<SocketAddress, SocketChannel> accepted = new ConcurrentHashMap<>();
    private final Map<String, Wire> wires = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("gateway-connections").unstarted(task));
    private volatile boolean stopping;

    public Connections(WireLimits limits) {
        this.limits = limits;
        var unused = watch.scheduleWithFixedDelay(
                this::lookAtAll, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What makes connections of sockets; the server must have no other, and must use NIO. */
    public ServerConnectionSelector selector() {
        return WatchedSelector.of(this, limits);
    }

    /** What the server must set on the sockets that it accepts. */
    public SocketOptions socketOptions() {
        return new WatchedSockets(this);
    }

    /** The connection that a request came by. */
    public Wire of(ServerRequest request) {
        Wire wire = wires.get(request.socketId());
        if (wire == null) {
            throw new IllegalStateException("a request without a connection");
        }
        return wire;
    }

    /** How many are open. */
    public int open() {
        return wires.size();
    }

    /** Whether they are being ended. */
    public boolean isStopping() {
        return stopping;
    }

    /** From now on each connection ends after its answer, idle ones at once, and late bodies sooner. */
    public void stop() {
        stopping = true;
        wires.values().forEach(Wire::stop);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    void accepted(SocketChannel channel) throws IOException {
        accepted.put(channel.getRemoteAddress(), channel);
    }

    /** The wire of a connection whose socket was accepted; null if it is gone already. */
    @Nullable
    Wire add(ConnectionContext context) {
        SocketAddress address = context.remotePeer().address();
        SocketChannel channel = address == null ? null : accepted.remove(address);
        if (channel == null) {
            return null;
        }
        boolean surplus = wires.size() >= limits.connections() && !makeRoom();
        Wire wire = new Wire("c" + ids.incrementAndGet(), channel, limits, surplus);
        wires.put(wire.id(), wire);
        if (stopping) {
            wire.stop();
        }
        return wire;
    }

    void remove(Wire wire) {
        wires.remove(wire.id());
    }

    private boolean makeRoom() {
        long now = System.nanoTime();
        Comparator<Wire> slowHeadsFirst = Comparator.comparing(
                wire -> wire.phase() != Wire.Phase.HEAD || wire.nanosInPhase(now) < USUAL_HEAD_NANOS);
        return wires.values().stream()
                .filter(Wire::isDispensable)
                .min(slowHeadsFirst.thenComparing(Comparator.comparingLong((Wire wire) -> wire.nanosInPhase(now))
                        .reversed()))
                .map(wire -> {
                    wire.end(WireException.Reason.SLOW);
                    return true;
                })
                .orElse(false);
    }

    private void lookAtAll() {
        long now = System.nanoTime();
        wires.values().forEach(wire -> wire.look(now));
        accepted.values().removeIf(channel -> !channel.isOpen());
    }
}
