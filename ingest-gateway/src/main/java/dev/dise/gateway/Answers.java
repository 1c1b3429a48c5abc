package dev.dise.gateway;

import dev.dise.schemas.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** Writes answers. */
final class Answers {
    private Answers() {}

    static void json(ServerResponse response, int status, Object body) {
        send(response, status, "application/json", Json.encode(body));
    }

    static void problem(ServerResponse response, Problem problem) {
        if (problem.status() == 503) {
            response.header(HeaderNames.RETRY_AFTER, Long.toString(Limits.RETRY_AFTER.toSeconds()));
        }
        send(response, problem.status(), Problem.MEDIA_TYPE, problem.encode());
    }

    static void send(ServerResponse response, int status, String mediaType, byte[] body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        response.send(body);
    }
}
