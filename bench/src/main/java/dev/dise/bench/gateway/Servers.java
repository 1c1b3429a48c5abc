package dev.dise.bench.gateway;

import dev.dise.gateway.GatewayService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The process that is measured: the gateway, and beside it a server whose handler only reads the body. */
public final class Servers {
    private static final int MOST_BYTES = 64 << 20;

    private Servers() {}

    /** A config file, and the file that takes the two ports. */
    public static void main(String[] args) throws Exception {
        DiseConfig config = DiseConfig.load(Path.of(args[0]), Map.of());
        GatewayService gateway = GatewayService.start(config, new Health(), new Metrics());
        WebServer bodyOnly = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .maxPayloadSize(MOST_BYTES)
                .routing(HttpRouting.builder().post("/body", (request, response) -> {
                    byte[] body = request.content().as(byte[].class);
                    response.status(Status.ACCEPTED_202).send("{\"bytes\":" + body.length + "}");
                }))
                .build()
                .start();
        Path ports = Path.of(args[1]);
        Path fresh = ports.resolveSibling("ports.new");
        Files.move(Files.writeString(fresh, gateway.port() + " " + bodyOnly.port()), ports);
        new CountDownLatch(1).await();
    }
}
