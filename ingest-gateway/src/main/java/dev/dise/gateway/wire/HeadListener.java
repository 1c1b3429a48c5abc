package dev.dise.gateway.wire;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Tells wires that a head is read, and refuses the request where that is all there is to do. */
final class HeadListener implements Http1ConnectionListener {
    private final int maxHeaders;

    HeadListener(int maxHeaders) {
        this.maxHeaders = maxHeaders;
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        if (wireOf(context).isOver()) {
            // What is left of a body that was not read must not be taken for a request.
            throw new CloseConnectionException("the last answer was the last");
        }
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        Wire wire = wireOf(context);
        wire.headIsRead();
        if (count(headers) > maxHeaders) {
            throw HeadProblems.tooManyHeaders();
        }
        if (wire.isSurplus()) {
            throw HeadProblems.tooManyConnections();
        }
        if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
            wire.closeAfterAnswer();
        }
    }

    /** With repeated ones, which share a name. */
    private static int count(Headers headers) {
        int count = 0;
        for (Header header : headers) {
            count += header.valueCount();
        }
        return count;
    }

    private static Wire wireOf(ConnectionContext context) {
        return ((WatchedContext) context).wire();
    }
}
