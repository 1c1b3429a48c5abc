package dev.dise.gateway;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Puts what the HTTP server itself refuses, or what fails in it, into this project's words; says nothing of why. */
final class ServerProblems implements DirectHandler {
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
        Problem problem = problem(request, status.code());
        return TransportResponse.builder()
                .headers(headers)
                .status(Status.create(problem.status()))
                .keepAlive(type.keepAlive())
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .entity(problem.encode())
                .build();
    }

    private static Problem problem(TransportRequest request, int status) {
        if (status == 413) {
            return Problem.bodyTooLarge();
        }
        if (status >= 500) {
            return Problem.of(500, "INTERNAL", "the gateway failed", "the log of the gateway says why");
        }
        if (status == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return Problem.of(
                    415, "CONTENT_ENCODING", "compressed bodies are not taken", "send it without Content-Encoding");
        }
        return Problem.of(status, "BAD_REQUEST", "the request is not HTTP as it should be", "nothing of it was read");
    }
}
