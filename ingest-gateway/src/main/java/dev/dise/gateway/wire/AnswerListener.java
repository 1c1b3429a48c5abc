package dev.dise.gateway.wire;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Tells wires that an answer begins, and whether it is the last. */
final class AnswerListener implements Http1ConnectionListener {
    @Override
    public void status(ConnectionContext context, Status status) {
        Wire wire = wireOf(context);
        if (wire.isOver()) {
            // What is left of a body that was not read must not be answered as if it were a request.
            throw new CloseConnectionException("the last answer was the last");
        }
        wire.answerBegins();
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
            wireOf(context).closeAfterAnswer();
        }
    }

    private static Wire wireOf(ConnectionContext context) {
        return ((WatchedContext) context).wire();
    }
}
