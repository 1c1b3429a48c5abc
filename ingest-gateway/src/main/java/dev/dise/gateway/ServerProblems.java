package dev.dise.gateway;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Puts what the HTTP server itself refuses, or what fails in it, into this project's words; says nothing of why. */
final class ServerProblems implements DirectHandler {
    /** The one thing that the server says about headers which are too large. */
    private static final String TOO_LARGE = "Header size exceeded";

    static DirectHandlers handlers() {
        ServerProblems problems = new ServerProblems();
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, problems);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Reply reply = problem(status.code(), message).reply();
        TransportResponse.Builder response = TransportResponse.builder()
                .headers(headers)
                .status(Status.create(reply.status()))
                .keepAlive(type.keepAlive())
                .header(HeaderNames.CONTENT_TYPE, reply.mediaType())
                .entity(reply.body());
        reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        return response.build();
    }

    private static Problem problem(int status, @Nullable String message) {
        if (TOO_LARGE.equals(message)) {
            return Problem.headersTooLarge();
        }
        return switch (status) {
            case 408 -> Problem.timeout();
            case 414 -> Problem.uriTooLong();
            case 431 -> Problem.headersTooLarge();
            case 503 -> Problem.busy();
            case 505 -> Problem.of(505, "HTTP_VERSION", "the version of HTTP is not taken", "send it as HTTP/1.1");
            default -> status >= 500 ? internal() : badRequest(status);
        };
    }

    private static Problem internal() {
        return Problem.of(500, "INTERNAL", "the gateway failed", "the log of the gateway says why");
    }

    private static Problem badRequest(int status) {
        return Problem.of(status, "BAD_REQUEST", "the request is not HTTP as it should be", "nothing of it was read");
    }
}
