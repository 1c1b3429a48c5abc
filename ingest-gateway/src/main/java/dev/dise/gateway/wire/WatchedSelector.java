package dev.dise.gateway.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Makes HTTP/1.1 connections that are watched. */
final class WatchedSelector implements ServerConnectionSelector {
    /** Around the path of the longest first line: a method, the version and two spaces. */
    private static final int AROUND_URI = 32;

    private final Connections connections;
    private final ServerConnectionSelector http1;

    private WatchedSelector(Connections connections, ServerConnectionSelector http1) {
        this.connections = connections;
        this.http1 = http1;
    }

    static WatchedSelector of(Connections connections, WireLimits limits) {
        Http1Config config = Http1Config.builder()
                .maxPrologueLength(limits.uriBytes() + AROUND_URI)
                .maxHeadersSize(limits.headBytes())
                .addReceiveListener(new HeadListener(limits.headers()))
                .addSendListener(new AnswerListener())
                .build();
        return new WatchedSelector(
                connections, Http1ConnectionSelector.builder().config(config).build());
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Wire wire = connections.add(context);
        if (wire == null) {
            throw new CloseConnectionException("the client has gone");
        }
        WatchedContext watched = new WatchedContext(context, wire);
        return new WatchedConnection(http1.connection(watched), watched, connections);
    }
}
