package dev.dise.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** Writes answers. */
final class Answers {
    private Answers() {}

    /** A handler that answers every request so. */
    static Handler of(Function<ServerRequest, Reply> replies) {
        return (request, response) -> send(response, replies.apply(request));
    }

    static void send(ServerResponse response, Reply reply) {
        response.status(Status.create(reply.status()));
        if (reply.body().length > 0) {
            response.header(HeaderNames.CONTENT_TYPE, reply.mediaType());
        }
        reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.send(reply.body());
    }

    /** Answers with a problem; what the client has not sent yet of its body is not waited for. */
    static void send(ServerRequest request, ServerResponse response, Problem problem) {
        if (!request.content().consumed()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        send(response, problem.reply());
    }
}
