package dev.dise.rag;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.embedding.WordVector;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls to Qdrant that the sink needs: each waits for its effect, each has a deadline. */
final class QdrantStore implements AutoCloseable {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);
    /** The keys that questions filter by. */
    private static final Map<String, PayloadSchemaType> INDEXES = Map.of(
            "artifact_id", PayloadSchemaType.Keyword,
            "artifact_type", PayloadSchemaType.Keyword,
            "tags", PayloadSchemaType.Keyword,
            "tool_id", PayloadSchemaType.Keyword,
            "event_id", PayloadSchemaType.Keyword,
            "run_id", PayloadSchemaType.Keyword,
            "parent_id", PayloadSchemaType.Keyword,
            "chunk_index", PayloadSchemaType.Integer,
            "event_time", PayloadSchemaType.Datetime,
            "quality_score", PayloadSchemaType.Float);
    /** The first with {@code update_filter} (qdrant/qdrant, pull request 7006). */
    private static final int OLDEST_MINOR = 16;

    private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");

    private final QdrantClient client;
    private final Qdrant config;
    private final Duration deadline;

    QdrantStore(Qdrant config) {
        this(config, USUAL_DEADLINE);
    }

    /**
     * @param deadline of each call
     */
    QdrantStore(Qdrant config, Duration deadline) {
        this.config = config;
        this.deadline = deadline;
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(config.host(), config.grpcPort(), config.tls())
                .withTimeout(deadline);
        if (!config.apiKey().value().isEmpty()) {
            builder.withApiKey(config.apiKey().value());
        }
        this.client = new QdrantClient(builder.build());
    }

    /**
     * Makes the collection of the generation, its payload indexes, and the alias if no generation has it yet.
     *
     * @throws IllegalStateException if the collection's vectors are others than ours, or the server is too old
     */
    void prepare(int dimension) throws StoreUnavailableException {
        requireVersion();
        String collection = config.generationCollection();
        if (!await(client.collectionExistsAsync(collection))) {
            create(collection, dimension);
        }
        for (Map.Entry<String, PayloadSchemaType> index : INDEXES.entrySet()) {
            await(client.createPayloadIndexAsync(
                    collection, index.getKey(), index.getValue(), null, true, null, deadline));
        }
        requireFit(collection, dimension);
        boolean aliased = await(client.listAliasesAsync()).stream()
                .anyMatch(alias -> alias.getAliasName().equals(config.collection()));
        if (!aliased) {
            await(client.createAliasAsync(config.collection(), collection));
        }
    }

    private void create(String collection, int dimension) throws StoreUnavailableException {
        CreateCollection request = CreateCollection.newBuilder()
                .setCollectionName(collection)
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParams(VectorParams.newBuilder().setSize(dimension).setDistance(Distance.Cosine)))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(
                                WordVector.NAME,
                                SparseVectorParams.newBuilder()
                                        .setModifier(Modifier.Idf)
                                        .build()))
                .build();
        try {
            awaitRaw(client.createCollectionAsync(request, deadline));
        } catch (ExecutionException e) {
            // Another process was quicker, which is as good.
            if (!QdrantErrors.isThereAlready(e)) {
                throw QdrantErrors.sorted(e);
            }
        }
    }

    private void requireFit(String collection, int dimension) throws StoreUnavailableException {
        CollectionParams there =
                await(client.getCollectionInfoAsync(collection)).getConfig().getParams();
        long size = there.getVectorsConfig().getParams().getSize();
        String remedy = ": set rag.qdrant.generation to a new number, or go back to the former embedder";
        if (size != dimension) {
            throw new IllegalStateException("the collection " + collection + " has vectors of " + size
                    + " dimensions but the embedder gives " + dimension + remedy);
        }
        if (!there.getSparseVectorsConfig().containsMap(WordVector.NAME)) {
            throw new IllegalStateException(
                    "the collection " + collection + " has no sparse vector " + WordVector.NAME + remedy);
        }
    }

    /** An older server does not know {@code update_filter}, and would overwrite the newer with the older. */
    private void requireVersion() throws StoreUnavailableException {
        String version = await(client.healthCheckAsync(deadline)).getVersion();
        Matcher parts = VERSION.matcher(version);
        if (parts.find() && Integer.parseInt(parts.group(1)) == 1 && Integer.parseInt(parts.group(2)) < OLDEST_MINOR) {
            throw new IllegalStateException("Qdrant " + version + " at " + config.host() + ":" + config.grpcPort()
                    + " is too old: 1." + OLDEST_MINOR + " or newer is needed, which writes by condition");
        }
    }

    /**
     * Writes points; they can be found when this returns.
     *
     * @param replaceable which of the points that are there may be replaced
     */
    void upsert(List<PointStruct> points, Filter replaceable) throws StoreUnavailableException, ExecutionException {
        requireCompleted(awaitRaw(client.upsertAsync(
                UpsertPoints.newBuilder()
                        .setCollectionName(config.generationCollection())
                        .addAllPoints(points)
                        .setUpdateFilter(replaceable)
                        .setWait(true)
                        .build(),
                deadline)));
    }

    /** Removes points for good, of the config's generation; none is left when this returns. */
    void delete(Filter which) throws StoreUnavailableException {
        delete(config.generationCollection(), which);
    }

    void delete(String collection, Filter which) throws StoreUnavailableException {
        requireCompleted(await(client.deleteAsync(
                DeletePoints.newBuilder()
                        .setCollectionName(collection)
                        .setPoints(PointsSelector.newBuilder().setFilter(which))
                        .setWait(true)
                        .build(),
                deadline)));
    }

    long count(String collection, Filter which) throws StoreUnavailableException {
        return await(client.countAsync(collection, which, true, deadline));
    }

    /** The collections of all generations that there are, by name. */
    List<String> collections() throws StoreUnavailableException {
        Pattern generation = Pattern.compile(Pattern.quote(config.collection()) + "-g\\d+");
        return await(client.listCollectionsAsync(deadline)).stream()
                .filter(name -> generation.matcher(name).matches())
                .sorted()
                .toList();
    }

    /** The number of the generation that readers see; the config's if there is none yet. */
    int live() throws StoreUnavailableException {
        String before = config.collection() + "-g";
        return await(client.listAliasesAsync(deadline)).stream()
                .filter(alias -> alias.getAliasName().equals(config.collection()))
                .map(AliasDescription::getCollectionName)
                .filter(name -> name.startsWith(before))
                .map(name -> Integer.parseInt(name.substring(before.length())))
                .findFirst()
                .orElse(config.generation());
    }

    /** How long the vectors of the config's generation are. */
    int dimension() throws StoreUnavailableException {
        CollectionParams there = await(client.getCollectionInfoAsync(config.generationCollection(), deadline))
                .getConfig()
                .getParams();
        return (int) there.getVectorsConfig().getParams().getSize();
    }

    @Override
    public void close() {
        client.close();
    }

    /** An OK alone is no proof: the update may only have been noted. */
    private static void requireCompleted(UpdateResult result) throws StoreUnavailableException {
        if (result.getStatus() != UpdateStatus.Completed) {
            throw new StoreUnavailableException(
                    "Qdrant has not applied the update yet: " + result.getStatus(), new TimeoutException());
        }
    }

    private <T> T await(ListenableFuture<T> answer) throws StoreUnavailableException {
        try {
            return awaitRaw(answer);
        } catch (ExecutionException e) {
            throw QdrantErrors.sorted(e);
        }
    }

    private <T> T awaitRaw(ListenableFuture<T> answer) throws StoreUnavailableException, ExecutionException {
        try {
            return answer.get(deadline.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw QdrantErrors.sorted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for Qdrant", e);
        }
    }
}
