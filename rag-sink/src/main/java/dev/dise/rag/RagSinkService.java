package dev.dise.rag;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Decoder;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.ForgottenReader;
import dev.dise.runtime.sink.MeteredSink;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.SinkWorker;
import dev.dise.schemas.Topic;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The Qdrant side of the line: both halves, each with its own group, until closed. */
public final class RagSinkService implements Service {
    /** Artifacts of one batch at most: a few seconds of work, unless they are long. */
    private static final int EMBED_BATCH = 64;
    /** Points that are read back at once. */
    private static final int READ_BATCH = 500;
    /** Points of one write at most. */
    private static final int WRITE_BATCH = 256;

    private final SinkWorker<DecodedEvent> embedding;
    private final SinkWorker<PointChange> writing;
    private final List<DeadLetters> deadLetters;
    private final ForgottenReader forgotten;

    private RagSinkService(
            SinkWorker<DecodedEvent> embedding,
            SinkWorker<PointChange> writing,
            List<DeadLetters> deadLetters,
            ForgottenReader forgotten) {
        this.embedding = embedding;
        this.writing = writing;
        this.deadLetters = deadLetters;
        this.forgotten = forgotten;
    }

    /**
     * Starts both halves; the topics are there already. Qdrant may come later.
     *
     * @param stateDir folder for what is known of {@code dise.vectors}; what is lost of it is read again
     * @throws IllegalStateException if another process uses the folder
     */
    public static RagSinkService start(
            DiseConfig config, EmbeddingModel model, Path stateDir, Health health, Metrics metrics) {
        Parts parts = new Parts(config, health, metrics, Failpoints.from(System.getProperty(Failpoints.PROPERTY, "")));
        try {
            return start(parts, model, stateDir);
        } catch (RuntimeException e) {
            parts.forgotten.close();
            throw e;
        }
    }

    private static RagSinkService start(Parts parts, EmbeddingModel model, Path stateDir) {
        EmbedSink embedSink = parts.embedSink(model, stateDir);
        QdrantSink qdrantSink =
                new QdrantSink(new QdrantStore(parts.config.rag().qdrant()), model.dimension(), parts.failpoints);
        DeadLetters embedLetters = parts.deadLetters("rag-sink-embed");
        DeadLetters writeLetters = parts.deadLetters("rag-sink-write");
        int generation = parts.config.rag().qdrant().generation();
        return new RagSinkService(
                SinkWorker.start(
                        parts.of("rag-sink-embed", Topic.RAG.topicName(), new EventDecoder(), embedSink, embedLetters),
                        parts.kafka.consumer("rag-sink-embed-g" + generation, EMBED_BATCH)),
                SinkWorker.start(
                        parts.of(
                                "rag-sink-write",
                                Topic.VECTORS.topicName(),
                                new PointChangeDecoder(),
                                qdrantSink,
                                writeLetters),
                        parts.kafka.consumer("rag-sink-g" + generation, WRITE_BATCH)),
                List.of(embedLetters, writeLetters),
                parts.forgotten);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return CompletableFuture.anyOf(embedding.ended(), writing.ended()).thenApply(first -> null);
    }

    @Override
    public void close() {
        embedding.close();
        writing.close();
        deadLetters.forEach(DeadLetters::close);
        forgotten.close();
    }

    /** What both halves are made with. */
    private static final class Parts {
        private final DiseConfig config;
        private final KafkaClients kafka;
        private final Health health;
        private final Metrics metrics;
        private final Failpoints failpoints;
        private final ForgottenReader forgotten;

        Parts(DiseConfig config, Health health, Metrics metrics, Failpoints failpoints) {
            this.config = config;
            this.failpoints = failpoints;
            this.kafka = new KafkaClients(config.kafka());
            this.health = health;
            this.metrics = metrics;
            this.forgotten = ForgottenReader.start(kafka, "rag-sink");
        }

        EmbedSink embedSink(EmbeddingModel model, Path stateDir) {
            PublishedPoints published = PublishedPoints.open(StateFile.of(kafka, stateDir));
            return new EmbedSink(
                    new TextVectors(model, published, metrics.registry()),
                    published,
                    new VectorsReader(kafka.reader("rag-sink-vectors", READ_BATCH), published, Clock.systemUTC()),
                    new VectorsTopic(kafka.producer("rag-sink-vectors"), published),
                    metrics.registry(),
                    failpoints);
        }

        DeadLetters deadLetters(String stage) {
            return new DeadLetters(
                    stage, kafka.producer(stage + "-dead-letters"), metrics.registry(), Clock.systemUTC());
        }

        <T> SinkWorker.Parts<T> of(
                String name, String topic, Decoder<T> decoder, Sink<T> sink, DeadLetters deadLetters) {
            return new SinkWorker.Parts<>(
                    name,
                    topic,
                    decoder,
                    new MeteredSink<>(sink, name, metrics.registry()),
                    deadLetters,
                    null,
                    Backoff.standard(),
                    Clock.systemUTC(),
                    health,
                    failpoints,
                    forgotten.forgotten().counting(name, metrics.registry()));
        }
    }
}
