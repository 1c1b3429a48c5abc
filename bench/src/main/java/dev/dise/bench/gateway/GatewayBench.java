package dev.dise.bench.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.bench.BenchFolder;
import dev.dise.bench.ChildJvm;
import dev.dise.bench.Repeated;
import dev.dise.bench.Waiting;
import dev.dise.bench.emit.BrokerChild;
import dev.dise.bench.emit.CallTimes;
import dev.dise.bench.emit.EmitLoop;
import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures the gateway with clients that keep their connections, in turns with a server that only reads the body. */
public final class GatewayBench implements Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 4;
    private static final int MANY_CLIENTS = 64;
    private static final int BATCH = 500;
    private static final int ACCEPTED = 202;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        try (BenchFolder run = new BenchFolder(options.state(), name());
                BrokerChild broker = BrokerChild.start(run.path().resolve("broker"), 0);
                ChildJvm servers = start(run.path(), broker)) {
            String[] ports = ports(run.path(), servers);
            return measure(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]), progress);
        }
    }

    private static List<Figure> measure(int gateway, int bodyOnly, PrintWriter progress) throws Exception {
        byte[] batch = KeepAliveClient.post("/v1/events", "application/x-ndjson", lines());
        byte[] batchBody = KeepAliveClient.post("/body", "application/x-ndjson", lines());
        byte[] single = KeepAliveClient.post(
                "/v1/events/log",
                "application/json",
                Json.encode(EmitLoop.logs().get(0)));
        progress.println("warming up");
        new Load(gateway, CLIENTS, TIME).run(batch, ACCEPTED);
        new Load(gateway, CLIENTS, TIME).run(single, ACCEPTED);
        new Load(bodyOnly, CLIENTS, TIME).run(batchBody, ACCEPTED);
        List<Figure> figures = new ArrayList<>();
        progress.println("single events");
        figures.addAll(figures("single", 1, new Load(gateway, CLIENTS, TIME).run(single, ACCEPTED)));
        figures.addAll(figures("single_64_clients", 1, new Load(gateway, MANY_CLIENTS, TIME).run(single, ACCEPTED)));
        progress.println("batches of " + BATCH + ", and only reading them");
        Repeated ratios = new Repeated();
        List<CallTimes> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            CallTimes read = new Load(bodyOnly, CLIENTS, TIME).run(batchBody, ACCEPTED);
            CallTimes taken = new Load(gateway, CLIENTS, TIME).run(batch, ACCEPTED);
            ratios.add(taken.perSecond() / read.perSecond());
            rounds.add(taken);
        }
        figures.addAll(figures("batch", BATCH, rounds.get(ROUNDS / 2)));
        figures.add(Figure.ratioOfAtLeast(0.4, "gateway_batch_vs_body_only", ratios.median()));
        return figures;
    }

    private static List<Figure> figures(String name, int events, CallTimes times) {
        return List.of(
                Figure.rate("gateway_" + name + "_requests_per_s", times.perSecond(), "requests/s"),
                Figure.rate("gateway_" + name + "_events_per_s", times.perSecond() * events, "events/s"),
                micros("gateway_" + name + "_p50", times.micros(0.5)),
                micros("gateway_" + name + "_p99", times.micros(0.99)));
    }

    private static Figure micros(String name, double micros) {
        return new Figure(name, Math.round(micros), "µs", null, null);
    }

    private static byte[] lines() {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> "{\"type\":\"log\",\"data\":"
                        + new String(Json.encode(EmitLoop.logs().get(i)), UTF_8) + "}\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static ChildJvm start(Path folder, BrokerChild broker) throws Exception {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, """
                kafka: {bootstrap_servers: "%s", partitions: 12, replication_factor: 1}
                gateway: {port: 0}
                """.formatted(broker.bootstrapServers()));
        List<String> command = List.of(
                Servers.class.getName(), config.toString(), portsFile(folder).toString());
        return ChildJvm.start("servers", folder, List.of("-Xmx512m"), command);
    }

    private static String[] ports(Path folder, ChildJvm servers) throws Exception {
        Waiting.until("the servers listen", PATIENCE, () -> {
            servers.requireRunning();
            return Files.exists(portsFile(folder));
        });
        return Files.readString(portsFile(folder)).split(" ");
    }

    private static Path portsFile(Path folder) {
        return folder.resolve("ports");
    }
}
