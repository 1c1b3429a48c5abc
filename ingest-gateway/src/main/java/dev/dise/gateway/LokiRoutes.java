package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.loki.LokiPush;
import dev.dise.runtime.Health;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is sent to Loki, and answers as Loki does: 204 if all is stored, 400 with the reasons if lines were refused (the
 * others are stored), 503 if the push is to be sent again.
 */
final class LokiRoutes {
    private static final HeaderName ORG_ID = HeaderNames.create("X-Scope-OrgID");
    /** Loki's own bound. */
    private static final int MAX_ORG_ID = 150;

    private final LogPushes pushes;
    private final LogDelivery delivery;
    private final Health health;

    LokiRoutes(LogPushes pushes, LogDelivery delivery, Health health) {
        this.pushes = pushes;
        this.delivery = delivery;
        this.health = health;
    }

    void push(ServerRequest request, ServerResponse response) {
        pushes.handle(
                request, () -> take(request, response), problem -> text(response, problem.status(), problem.detail()));
    }

    /** Some clients ask before they send. */
    void ready(ServerRequest request, ServerResponse response) {
        if (health.isReady()) {
            text(response, 200, "ready");
        } else {
            text(response, 503, "not ready");
        }
    }

    private void take(ServerRequest request, ServerResponse response) {
        PushBody body = PushBody.read(request);
        @Nullable String orgId = orgId(request);
        switch (body.mediaType()) {
            case "application/json" ->
                pushes.decoding(body.bytes().length, () -> deliver(LokiPush.json(body.bytes()), orgId, response));
            // Loki takes what says nothing for protobuf.
            case "application/x-protobuf", "" ->
                pushes.decoding(
                        LokiPush.plainLength(body.bytes()),
                        () -> deliver(LokiPush.protobuf(body.bytes()), orgId, response));
            default ->
                throw new ProblemException(
                        Problem.contentType("send application/json, or application/x-protobuf in Snappy"));
        }
    }

    private void deliver(LokiPush push, @Nullable String orgId, ServerResponse response) {
        LogResult result = delivery.deliver(push.lines(orgId, Instant.now()));
        if (result.undelivered() != null) {
            text(response, 503, result.undelivered().reason() + ": send it again, which stores nothing twice");
        } else if (result.refused() > 0) {
            text(response, 400, result.explanation());
        } else {
            response.status(Status.NO_CONTENT_204).send();
        }
    }

    private static @Nullable String orgId(ServerRequest request) {
        String orgId = request.headers().first(ORG_ID).orElse("");
        if (orgId.length() > MAX_ORG_ID) {
            throw PushRefusal.malformed("X-Scope-OrgID must have at most " + MAX_ORG_ID + " characters");
        }
        return orgId.isBlank() ? null : orgId;
    }

    private static void text(ServerResponse response, int status, String text) {
        LogPushes.answer(response, status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
    }
}
