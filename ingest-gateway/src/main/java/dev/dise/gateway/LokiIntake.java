package dev.dise.gateway;

import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.loki.LokiPush;
import dev.dise.schemas.InvalidEventException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is sent to Loki, and answers as Loki does: 204 if all is safe, 400 with the reasons if lines were refused (the
 * others are safe), 503 if the push is to be sent again.
 */
final class LokiIntake {
    private static final HeaderName ORG_ID = HeaderNames.create("X-Scope-OrgID");
    /** Loki's own bound. */
    private static final int MAX_ORG_ID = 150;
    /** Senders may or may not name what protobuf always comes in; its decoder takes it off. */
    private static final String SNAPPY = "snappy";

    private final LogDelivery delivery;
    private final GatewayMeters meters;

    LokiIntake(LogDelivery delivery, GatewayMeters meters) {
        this.delivery = delivery;
        this.meters = meters;
    }

    Reply take(Arrival arrival) {
        try {
            LokiPush push = push(arrival);
            return reply(delivery.deliver(push.lines(orgId(arrival), Instant.now()), arrival.rate()));
        } catch (InvalidEventException e) {
            return refusal(Problem.of(e));
        } catch (ProblemException e) {
            return refusal(e.problem());
        }
    }

    private static LokiPush push(Arrival arrival) {
        MediaType type = arrival.mediaType();
        byte[] body = arrival.body(SNAPPY);
        if (type.equals(MediaType.JSON)) {
            arrival.holdDecoded(body.length);
            return LokiPush.json(body);
        }
        if (type.equals(MediaType.PROTOBUF) || type.equals(MediaType.NONE)) {
            // Loki takes what says nothing for protobuf.
            arrival.holdDecoded(LokiPush.plainLength(body));
            return LokiPush.protobuf(body);
        }
        throw new ProblemException(Problem.contentType("send application/json, or application/x-protobuf in Snappy"));
    }

    private static Reply reply(LogResult result) {
        Outcome.Undelivered undelivered = result.undelivered();
        if (undelivered != null) {
            return text(Problem.sendAgain(undelivered));
        }
        return result.refused() > 0
                ? LogRoutes.text(400, result.explanation())
                : new Reply(204, Reply.JSON, new byte[0], Map.of());
    }

    private Reply refusal(Problem problem) {
        meters.refused(problem.reason());
        return text(problem);
    }

    private static Reply text(Problem problem) {
        return problem.reply().as(LogRoutes.text(problem.status(), problem.detail()));
    }

    private static @Nullable String orgId(Arrival arrival) {
        String orgId = arrival.headers().first(ORG_ID).orElse("");
        if (orgId.length() > MAX_ORG_ID) {
            throw PushRefusal.malformed("X-Scope-OrgID must have at most " + MAX_ORG_ID + " characters");
        }
        return orgId.isBlank() ? null : orgId;
    }
}
