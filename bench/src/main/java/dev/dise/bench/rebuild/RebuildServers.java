package dev.dise.bench.rebuild;

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
final class RebuildServers implements AutoCloseable {
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

    private RebuildServers(BenchServers servers) throws IOException {
        this.servers = servers;
        this.qdrant = EmbeddedQdrant.start(servers.folder().resolve("qdrant"), 0);
        parts.push(qdrant);
        Files.writeString(configFile(), text());
        this.config = DiseConfig.load(configFile(), Map.of());
    }

    static RebuildServers start(Path state) throws IOException {
        RebuildServers all = new RebuildServers(BenchServers.start(state));
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

    private String text() {
        return """
                kafka: {bootstrap_servers: "%s", partitions: %d, replication_factor: 1}
                database: {host: "%s", port: %d, database: "%s", user: "%s", password: "%s", workers: 2}
                rag: {qdrant: {host: 127.0.0.1, grpc_port: %d, collection: bench}, embedding: {provider: hash}}
                router: {health: {port: 0}}
                pg_sink: {health: {port: 0}}
                rag_sink: {health: {port: 0}}
                """.formatted(
                        servers.bootstrapServers(),
                        PARTITIONS,
                        servers.postgres().host(),
                        servers.postgres().port(),
                        servers.postgres().database(),
                        servers.postgres().user(),
                        servers.postgres().password(),
                        qdrant.port());
    }

    /** What this process does with vectors is counted here. */
    Metrics metrics() {
        return metrics;
    }

    DiseConfig config() {
        return config;
    }

    Path configFile() {
        return servers.folder().resolve("line.yaml");
    }

    Path folder() {
        return servers.folder();
    }

    Connection connect() throws SQLException {
        return servers.connect();
    }

    /** Texts that were embedded by this process. */
    long embedded() {
        return (long) metrics.registry()
                .counter("dise.embeddings", "outcome", "computed")
                .count();
    }

    /** A class of ours in a JVM of its own, with so many MiB of heap. */
    ChildJvm child(String name, String main, int heap, String... arguments) throws IOException {
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
    void awaitStored() throws Exception {
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
