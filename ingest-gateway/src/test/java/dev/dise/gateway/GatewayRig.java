package dev.dise.gateway;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.HttpConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A gateway without Kafka behind it, and clients of it. */
final class GatewayRig implements AutoCloseable {
    final ScriptedOutlet outlet = new ScriptedOutlet();
    final Health health = new Health();
    final Metrics metrics = new Metrics();
    final IngestGateway gateway;
    final GatewayClient client;

    GatewayRig(UnaryOperator<GatewayConfig> change) {
        GatewayConfig config = change.apply(GatewayConfig.at(new HttpConfig("127.0.0.1", 0)));
        gateway = IngestGateway.start(config, outlet, metrics, health, Duration.ofSeconds(2));
        client = new GatewayClient(gateway.port());
    }

    RawClient raw() throws IOException {
        return new RawClient(gateway.port());
    }

    int openConnections() {
        return (int) metrics.registry().get("dise.gateway.connections").gauge().value();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
