package dev.dise.rag.generations;

import dev.dise.embedding.Embedders;
import dev.dise.embedding.Models;
import dev.dise.rag.QdrantStack;
import dev.dise.rag.RagSinkService;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.Filter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** A broker, a Qdrant server, and a rag sink of one collection with the hash embedder. */
final class GenerationsRig implements AutoCloseable {
    static final int PARTITIONS = 2;
    private static final String SOURCE = "urn:dise:test";

    final KafkaStack kafka;
    final QdrantStack qdrant;
    final DiseConfig config;
    final Metrics metrics = new Metrics();
    final RagSinkService sink;
    final QdrantGenerations generations;
    private final String name;

    GenerationsRig(Path folder, String name) {
        this.name = name;
        kafka = KafkaStack.start(folder.resolve("kafka"), PARTITIONS);
        qdrant = QdrantStack.start(folder.resolve("qdrant"));
        DiseConfig defaults = DiseConfig.defaults();
        Embedding hash = Embedding.inProcess(RagConfig.Provider.HASH);
        config = new DiseConfig(
                kafka.config(),
                defaults.database(),
                new RagConfig(qdrant.config(name, 1), hash),
                defaults.gateway(),
                defaults.router(),
                defaults.pgSink(),
                defaults.ragSink(),
                defaults.query());
        sink = RagSinkService.start(config, Embedders.from(hash), folder.resolve("state"), new Health(), new Metrics());
        generations = generations(Failpoints.none());
    }

    QdrantGenerations generations(Failpoints failpoints) {
        return QdrantGenerations.of(config, new Models(config.rag().embedding()), metrics, failpoints);
    }

    /** Texts that the rebuilds have embedded. */
    double embedded() {
        return metrics.registry()
                .counter("dise.embeddings", "outcome", "computed")
                .count();
    }

    void send(List<Event> events) {
        try {
            kafka.send(Topic.RAG, events);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<Event> plans(int from, int to, String content) {
        return IntStream.range(from, to)
                .mapToObj(i -> Event.of(
                        SOURCE, Artifact.of(EventType.PLAN, "plan-" + i, "plan number " + i, content + " of " + i)))
                .toList();
    }

    static Event deletion(int number) {
        return Event.of(SOURCE, Deletion.of(EventType.PLAN, "plan-" + number));
    }

    /** Artifacts that readers see now. */
    long seen() {
        return seen(name);
    }

    /** Artifacts of a collection. */
    long seen(String collection) {
        Filter there = Filter.newBuilder()
                .addMustNot(ConditionFactory.match("deleted", true))
                .build();
        try {
            return qdrant.client().countAsync(collection, there, true).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int live() {
        return generations.list().stream()
                .filter(generation -> generation.state() == GenerationState.LIVE)
                .findFirst()
                .orElseThrow()
                .number();
    }

    @Override
    public void close() {
        generations.close();
        sink.close();
        qdrant.close();
        kafka.close();
    }
}
