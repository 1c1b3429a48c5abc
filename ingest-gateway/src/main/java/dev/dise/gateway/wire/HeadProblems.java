package dev.dise.gateway.wire;

import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/** Why a request is refused before its body is looked at, as the HTTP server wants to be told. */
final class HeadProblems {
    private HeadProblems() {}

    static RequestException late(WireException.Reason reason) {
        return reason == WireException.Reason.STOPPING
                ? of(Status.SERVICE_UNAVAILABLE_503)
                : of(Status.REQUEST_TIMEOUT_408);
    }

    static RequestException tooManyHeaders() {
        return of(Status.create(431));
    }

    static RequestException tooManyConnections() {
        return of(Status.SERVICE_UNAVAILABLE_503);
    }

    private static RequestException of(Status status) {
        return RequestException.builder()
                .type(DirectHandler.EventType.OTHER)
                .status(status)
                .setKeepAlive(false)
                .message(status.text())
                .build();
    }
}
