package dev.dise.bench.rag;

import dev.dise.bench.Waiting;
import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.rag.RagSinkService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.kafka.TopicSetup;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A broker, a vector store and the sink between them in a new folder, which is removed on close. */
final class RagServers implements AutoCloseable {
    static final String COLLECTION = "bench";

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    static final Duration LONG = Duration.ofMillis(500);
    static final Duration SHORT = Duration.ofMillis(50);

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedQdrant qdrant;
    private final QdrantClient client;
    private final DiseConfig config;
    private final Metrics metrics = new Metrics();
    private final RagSinkService sink;

    private RagServers(Path folder, EmbeddingModel model) throws IOException {
        this.folder = folder;
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        this.qdrant = EmbeddedQdrant.start(folder.resolve("qdrant"), 0);
        this.client = new QdrantClient(
                QdrantGrpcClient.newBuilder("127.0.0.1", qdrant.port(), false).build());
        this.config = config();
        TopicSetup.ensure(config.kafka());
        this.sink = RagSinkService.start(config, model, folder.resolve("state"), new Health(), metrics);
    }

    static RagServers start(Path state, EmbeddingModel model) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(state), "rag-")
                .toAbsolutePath();
        RagServers servers = new RagServers(folder, model);
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "bench-stopper"));
        return servers;
    }

    private DiseConfig config() throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.yaml"), """
                kafka: {bootstrap_servers: "%s", partitions: 1, replication_factor: 1}
                database: {enabled: false}
                rag: {qdrant: {host: 127.0.0.1, grpc_port: %d, collection: %s}}
                query: {port: 0}
                """.formatted(kafka.bootstrapServers(), qdrant.port(), COLLECTION));
        return DiseConfig.load(file, Map.of());
    }

    DiseConfig settings() {
        return config;
    }

    QdrantClient client() {
        return client;
    }

    Path vectors() {
        return folder.resolve("qdrant");
    }

    /** Texts that were embedded, or whose vector was there already. */
    long embeddings(String outcome) {
        return (long) metrics.registry()
                .counter("dise.embeddings", "outcome", outcome)
                .count();
    }

    /**
     * Returns when everything that was sent is stored; then it can be found.
     *
     * @param pause between two looks, each of which costs the broker some milliseconds
     */
    void awaitStored(Duration pause) throws Exception {
        try (Line line = new Line(config)) {
            Waiting.until("every event is stored", PATIENCE, pause, () -> {
                if (sink.ended().isDone()) {
                    sink.ended().get();
                }
                return line.isDrained();
            });
        }
    }

    /** Returns when the vector store has nothing to merge any more. */
    void awaitMerged() throws Exception {
        long[] segments = {-1};
        Waiting.until("the segments are merged", PATIENCE, QUIET, () -> {
            long before = segments[0];
            segments[0] = client.getCollectionInfoAsync(COLLECTION).get().getSegmentsCount();
            return segments[0] == before;
        });
    }

    /** Also when the benchmark is stopped half-way; a second time there is nothing left to close. */
    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        sink.close();
        client.close();
        qdrant.close();
        kafka.close();
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
