package dev.dise.gateway;

import dev.dise.gateway.otlp.OtlpFormat;
import dev.dise.gateway.otlp.OtlpPush;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Locale;

/**
 * Takes the logs of OpenTelemetry's exporters, and answers in the form of the request: 200, with a partial success if records
 * were refused; 400 if nothing could be read; 503 if the request is to be sent again.
 */
final class OtlpRoutes {
    /** Codes of {@code google.rpc.Code}. */
    private static final int INVALID_ARGUMENT = 3;

    private static final int UNAVAILABLE = 14;

    private final LogPushes pushes;
    private final LogDelivery delivery;

    OtlpRoutes(LogPushes pushes, LogDelivery delivery) {
        this.pushes = pushes;
        this.delivery = delivery;
    }

    void logs(ServerRequest request, ServerResponse response) {
        OtlpFormat format = format(request);
        pushes.handle(
                request,
                () -> take(format, request, response),
                problem -> refuse(format, response, problem.status(), problem.detail()));
    }

    private void take(OtlpFormat format, ServerRequest request, ServerResponse response) {
        byte[] body = PushBody.read(request).bytes();
        pushes.decoding(body.length, () -> deliver(format, OtlpPush.read(format, body), response));
    }

    private void deliver(OtlpFormat format, OtlpPush push, ServerResponse response) {
        LogResult result = delivery.deliver(push.lines(Instant.now()));
        if (result.undelivered() != null) {
            refuse(
                    format,
                    response,
                    503,
                    result.undelivered().reason() + ": send it again, which stores nothing twice");
        } else {
            Answers.send(response, 200, format.mediaType(), format.response(result.refused(), result.explanation()));
        }
    }

    private static OtlpFormat format(ServerRequest request) {
        String mediaType = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return OtlpFormat.of(mediaType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() ->
                        new ProblemException(Problem.contentType("send application/x-protobuf or application/json")));
    }

    private static void refuse(OtlpFormat format, ServerResponse response, int status, String message) {
        int code = status < 500 && status != 429 ? INVALID_ARGUMENT : UNAVAILABLE;
        LogPushes.answer(response, status, format.mediaType(), format.status(code, message));
    }
}
