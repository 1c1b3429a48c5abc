package dev.dise.gateway;

import dev.dise.gateway.otlp.OtlpFormat;
import dev.dise.gateway.otlp.OtlpPush;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;

/**
 * Takes the logs of OpenTelemetry's exporters, and answers in the form of the request: 200, with a partial success if records
 * were refused; 400 if nothing could be read; 503 if the request is to be sent again.
 */
final class OtlpIntake {
    /** Codes of {@code google.rpc.Code}. */
    private static final int INVALID_ARGUMENT = 3;

    private static final int UNAVAILABLE = 14;

    private final LogDelivery delivery;
    private final GatewayMeters meters;

    OtlpIntake(LogDelivery delivery, GatewayMeters meters) {
        this.delivery = delivery;
        this.meters = meters;
    }

    Reply take(Arrival arrival) {
        OtlpFormat format = format(arrival);
        try {
            byte[] body = arrival.body();
            arrival.holdDecoded(body.length);
            OtlpPush push = OtlpPush.read(format, body);
            return reply(format, delivery.deliver(push.lines(Instant.now()), arrival.rate()));
        } catch (InvalidEventException e) {
            return refusal(format, Problem.of(e));
        } catch (ProblemException e) {
            return refusal(format, e.problem());
        }
    }

    private static Reply reply(OtlpFormat format, LogResult result) {
        Outcome.Undelivered undelivered = result.undelivered();
        return undelivered == null
                ? Reply.of(200, format.mediaType(), format.response(result.refused(), result.explanation()))
                : in(format, Problem.sendAgain(undelivered));
    }

    private Reply refusal(OtlpFormat format, Problem problem) {
        meters.refused(problem.reason());
        return in(format, problem);
    }

    private static Reply in(OtlpFormat format, Problem problem) {
        int code = problem.retryAfter().isZero() ? INVALID_ARGUMENT : UNAVAILABLE;
        byte[] status = format.status(code, problem.detail());
        return problem.reply().as(Reply.of(problem.status(), format.mediaType(), status));
    }

    private static OtlpFormat format(Arrival arrival) {
        return OtlpFormat.of(arrival.mediaType().name())
                .orElseThrow(() ->
                        new ProblemException(Problem.contentType("send application/x-protobuf or application/json")));
    }
}
