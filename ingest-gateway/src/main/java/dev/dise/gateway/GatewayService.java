package dev.dise.gateway;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Redaction;
import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.SpoolConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The gateway with its emitter, as a service. Starts whether or not Kafka is there; without it, it is not ready. */
public final class GatewayService implements Service {
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);
    /** Every request has its answer by now; what is left is of those that nobody waits for any more. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ArtifactEmitter emitter;
    private final KafkaWatch watch;
    private final IngestGateway gateway;

    private GatewayService(ArtifactEmitter emitter, KafkaWatch watch, IngestGateway gateway) {
        this.emitter = emitter;
        this.watch = watch;
        this.gateway = gateway;
    }

    /** Starts it and returns once it listens. */
    public static GatewayService start(DiseConfig config, Health health, Metrics metrics) {
        return start(config, config.gateway(), health, metrics);
    }

    /** The same with a spool in that folder, unless the config names one. */
    public static GatewayService start(DiseConfig config, Path spool, Health health, Metrics metrics) {
        return start(config, config.gateway().withSpoolIn(spool), health, metrics);
    }

    private static GatewayService start(
            DiseConfig config, GatewayConfig gatewayConfig, Health health, Metrics metrics) {
        ArtifactEmitter emitter = ArtifactEmitter.builder()
                .bootstrapServers(config.kafka().bootstrapServers())
                .properties(config.kafka().properties())
                .source(EventReader.DEFAULT_SOURCE)
                .deliveryTimeout(DELIVERY_TIMEOUT)
                // Bodies in memory have their own bound; beside its data an event takes about as much again.
                .bufferBytes(2 * gatewayConfig.limits().load().memory())
                .overflow(overflow(gatewayConfig.spool()))
                .redaction(Redaction.none())
                .closesAtExit(false)
                .build();
        KafkaWatch watch = KafkaWatch.start(config.kafka(), health);
        try {
            IngestGateway gateway = IngestGateway.start(gatewayConfig, emitter, metrics, health);
            return new GatewayService(emitter, watch, gateway);
        } catch (RuntimeException e) {
            watch.close();
            emitter.close();
            throw e;
        }
    }

    private static Overflow overflow(SpoolConfig spool) {
        if (!spool.exists()) {
            return new Overflow.DropNewest();
        }
        SpoolSettings.Fsync fsync = switch (spool.fsync()) {
            case ALWAYS -> SpoolSettings.Fsync.ALWAYS;
            case INTERVAL -> SpoolSettings.Fsync.INTERVAL;
        };
        return new Overflow.Spool(new SpoolSettings(Path.of(spool.dir()), spool.maxBytes(), fsync));
    }

    /** The port that it listens on. */
    public int port() {
        return gateway.port();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Answers what is being worked on, then delivers what is left. */
    @Override
    public void close() {
        gateway.close();
        watch.close();
        emitter.close(CLOSE_TIMEOUT);
        ended.complete(null);
    }
}
