package dev.dise.bench.line;

import dev.dise.bench.BenchServers;
import dev.dise.bench.ChildJvm;
import dev.dise.bench.Waiting;
import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.embedding.Embedders;
import dev.dise.pg.PgSinkService;
import dev.dise.rag.RagSinkService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.kafka.TopicSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The whole line on servers of its own: router and PostgreSQL sink in processes of their own; broker, Qdrant and its sink in
 * this one.
 */
public final class LineServers implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    private final BenchServers servers;
    private final Metrics metrics = new Metrics();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final EmbeddedQdrant qdrant;
    private final DiseConfig config;

    private LineServers(BenchServers servers) throws IOException {
        this.servers = servers;
        this.qdrant = EmbeddedQdrant.start(servers.folder().resolve("qdrant"), 0);
        parts.push(qdrant);
        Files.writeString(configFile(), text());
        this.config = DiseConfig.load(configFile(), Map.of());
    }

    public static LineServers start(Path state) throws IOException {
        LineServers all = new LineServers(BenchServers.start(state));
        try {
            all.startLine();
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void startLine() throws IOException {
        TopicSetup.ensure(config.kafka());
        PgSinkService.migrate(config.database());
        parts.push(child("router", "dev.dise.router.Main", 256));
        parts.push(child("pg-sink", "dev.dise.pg.Main", 256));
        parts.push(RagSinkService.start(
                config,
                Embedders.from(config.rag().embedding()),
                servers.folder().resolve("rag-state"),
                new Health(),
                metrics));
    }

    private String text() throws IOException {
        return """
                kafka: {bootstrap_servers: "%s", partitions: %d, replication_factor: 1}
                database: {host: "%s", port: %d, database: "%s", user: "%s", password: "%s", workers: 2}
                rag: {qdrant: {host: 127.0.0.1, grpc_port: %d, collection: bench}, embedding: {provider: hash}}
                router: {health: {port: 0}}
                pg_sink: {health: {port: 0}}
                rag_sink: {health: {port: 0}}
                query: {port: %d}
                """.formatted(
                        servers.bootstrapServers(),
                        PARTITIONS,
                        servers.postgres().host(),
                        servers.postgres().port(),
                        servers.postgres().database(),
                        servers.postgres().user(),
                        servers.postgres().password(),
                        qdrant.port(),
                        freePort());
    }

    /** Where the query service is to listen, in a process that cannot be asked which port it got. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What this process does with vectors is counted here. */
    public Metrics metrics() {
        return metrics;
    }

    public DiseConfig config() {
        return config;
    }

    public Path configFile() {
        return servers.folder().resolve("line.yaml");
    }

    public Path folder() {
        return servers.folder();
    }

    public Connection connect() throws SQLException {
        return servers.connect();
    }

    /** Texts that were embedded by this process. */
    public long embedded() {
        return (long) metrics.registry()
                .counter("dise.embeddings", "outcome", "computed")
                .count();
    }

    /** A class of ours in a JVM of its own, with so many MiB of heap. */
    public ChildJvm child(String name, String main, int heap, String... arguments) throws IOException {
        Path temporary = Files.createDirectories(servers.folder().resolve(name + "-tmp"));
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(List.of(
                "-Xmx" + heap + "m",
                "-Xlog:gc:file=" + servers.folder().resolve(name + "-gc.log"),
                "-Djava.io.tmpdir=" + temporary));
        List<String> command = new ArrayList<>(List.of(main));
        command.addAll(arguments.length == 0 ? List.of(configFile().toString()) : List.of(arguments));
        return ChildJvm.start(name, servers.folder(), flags, command);
    }

    /** Returns when all that was sent is stored on both sides. */
    public void awaitStored() throws Exception {
        try (Line line = new Line(config)) {
            Waiting.until("every event is stored", PATIENCE, LOOK, line::isDrained);
        }
    }

    @Override
    public void close() {
        try (servers) {
            while (!parts.isEmpty()) {
                close(parts.pop());
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop a part of the line", e);
        }
    }
}
