package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.Health;
import java.util.List;

/** The paths of log protocols that are not ours. */
final class LogRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final LokiIntake loki;
    private final OtlpIntake otlp;
    private final Health health;

    LogRoutes(Outlet outlet, Deadlines deadlines, GatewayMeters meters, Health health) {
        LogDelivery delivery = new LogDelivery(outlet, deadlines, meters);
        this.loki = new LokiIntake(delivery, meters);
        this.otlp = new OtlpIntake(delivery, meters);
        this.health = health;
    }

    List<Route> routes(Door door) {
        return List.of(
                Route.post("/loki/api/v1/push", door.before(loki::take)),
                Route.post("/v1/logs", door.before(otlp::take)),
                Route.get("/ready", request -> ready()));
    }

    /** What Loki answers to clients that ask before they send. */
    private Reply ready() {
        return health.isReady() ? text(200, "ready") : text(503, "not ready");
    }

    static Reply text(int status, String text) {
        return Reply.of(status, TEXT, (text + "\n").getBytes(UTF_8));
    }
}
