package dev.dise.gateway;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.runtime.Health;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;

/** The paths of log protocols that are not ours. */
final class LogRoutes {
    static final String LOKI = "/loki/api/v1/push";
    static final String OTLP = "/v1/logs";
    static final String READY = "/ready";

    private final LokiRoutes loki;
    private final OtlpRoutes otlp;

    LogRoutes(ArtifactEmitter emitter, GatewayMeters meters, Duration patience, Health health) {
        LogPushes pushes = new LogPushes(meters);
        LogDelivery delivery = new LogDelivery(emitter, meters, patience);
        this.loki = new LokiRoutes(pushes, delivery, health);
        this.otlp = new OtlpRoutes(pushes, delivery);
    }

    HttpRouting.Builder addTo(HttpRouting.Builder routing) {
        return routing.post(LOKI, loki::push).post(OTLP, otlp::logs).get(READY, loki::ready);
    }
}
