package dev.dise.gateway.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The surroundings of a connection, with a reader that goes through its wire. */
final class WatchedContext implements ConnectionContext {
    private final ConnectionContext context;
    private final Wire wire;
    private final DataReader reader;

    WatchedContext(ConnectionContext context, Wire wire) {
        this.context = context;
        this.wire = wire;
        this.reader = DataReader.create(() -> wire.read(this::receive));
    }

    Wire wire() {
        return wire;
    }

    /** What comes next from the socket; null at its end. */
    byte @Nullable [] receive() {
        try {
            return context.serverSocket().get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the connection broke", e);
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public String childSocketId() {
        return wire.id();
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return context.dataWriter();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }
}
