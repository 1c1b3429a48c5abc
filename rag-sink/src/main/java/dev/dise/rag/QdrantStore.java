package dev.dise.rag;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The calls to Qdrant that the sink needs: each waits for its effect, each has a deadline. */
final class QdrantStore implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** The keys that questions filter by. */
    private static final Map<String, PayloadSchemaType> INDEXES = Map.of(
            "artifact_id", PayloadSchemaType.Keyword,
            "artifact_type", PayloadSchemaType.Keyword,
            "tags", PayloadSchemaType.Keyword,
            "tool_id", PayloadSchemaType.Keyword,
            "event_id", PayloadSchemaType.Keyword,
            "run_id", PayloadSchemaType.Keyword,
            "event_time", PayloadSchemaType.Datetime,
            "quality_score", PayloadSchemaType.Float);

    private final QdrantClient client;
    private final Qdrant config;

    QdrantStore(Qdrant config) {
        this.config = config;
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(config.host(), config.grpcPort(), config.tls())
                .withTimeout(DEADLINE);
        if (!config.apiKey().value().isEmpty()) {
            builder.withApiKey(config.apiKey().value());
        }
        this.client = new QdrantClient(builder.build());
    }

    /**
     * Makes the collection of the generation, its payload indexes, and the alias if no generation has it yet.
     *
     * @throws IllegalStateException if the collection's vectors have another size than the model's
     */
    void prepare(int dimension) throws StoreUnavailableException {
        String collection = config.generationCollection();
        if (!await(client.collectionExistsAsync(collection))) {
            create(collection, dimension);
        }
        for (Map.Entry<String, PayloadSchemaType> index : INDEXES.entrySet()) {
            await(client.createPayloadIndexAsync(
                    collection, index.getKey(), index.getValue(), null, true, null, DEADLINE));
        }
        requireDimension(collection, dimension);
        boolean aliased = await(client.listAliasesAsync()).stream()
                .anyMatch(alias -> alias.getAliasName().equals(config.collection()));
        if (!aliased) {
            await(client.createAliasAsync(config.collection(), collection));
        }
    }

    private void create(String collection, int dimension) throws StoreUnavailableException {
        VectorParams vectors = VectorParams.newBuilder()
                .setSize(dimension)
                .setDistance(Distance.Cosine)
                .build();
        try {
            awaitRaw(client.createCollectionAsync(collection, vectors));
        } catch (ExecutionException e) {
            // Another process was quicker, which is as good.
            if (!QdrantErrors.isThereAlready(e)) {
                throw QdrantErrors.sorted(e);
            }
        }
    }

    private void requireDimension(String collection, int dimension) throws StoreUnavailableException {
        CollectionInfo info = await(client.getCollectionInfoAsync(collection));
        long size = info.getConfig().getParams().getVectorsConfig().getParams().getSize();
        if (size != dimension) {
            throw new IllegalStateException("the collection " + collection + " has vectors of " + size
                    + " dimensions but the embedder gives " + dimension
                    + ": set rag.qdrant.generation to a new number, or go back to the former embedder");
        }
    }

    /**
     * Which version of each point is there: its event time as text, which sorts. Points that are not there are absent,
     * and so are points of unknown time: any version is newer.
     */
    Map<UUID, String> eventTimes(Collection<UUID> ids) throws StoreUnavailableException {
        GetPoints request = GetPoints.newBuilder()
                .setCollectionName(config.generationCollection())
                .addAllIds(ids.stream().map(PointIdFactory::id).toList())
                .setWithPayload(WithPayloadSelectorFactory.include(List.of("event_time")))
                .setWithVectors(WithVectorsSelectorFactory.enable(false))
                .build();
        Map<UUID, String> times = new HashMap<>();
        for (RetrievedPoint point : await(client.retrieveAsync(request, DEADLINE))) {
            if (point.containsPayload("event_time")) {
                times.put(
                        UUID.fromString(point.getId().getUuid()),
                        point.getPayloadOrThrow("event_time").getStringValue());
            }
        }
        return times;
    }

    /** Writes points; they can be found when this returns. */
    void upsert(List<PointStruct> points) throws StoreUnavailableException, ExecutionException {
        requireCompleted(awaitRaw(client.upsertAsync(
                UpsertPoints.newBuilder()
                        .setCollectionName(config.generationCollection())
                        .addAllPoints(points)
                        .setWait(true)
                        .build(),
                DEADLINE)));
    }

    /** Removes points; they cannot be found when this returns. */
    void delete(Collection<UUID> ids) throws StoreUnavailableException {
        List<PointId> points = ids.stream().map(PointIdFactory::id).toList();
        requireCompleted(await(client.deleteAsync(
                DeletePoints.newBuilder()
                        .setCollectionName(config.generationCollection())
                        .setPoints(PointsSelector.newBuilder()
                                .setPoints(PointsIdsList.newBuilder().addAllIds(points)))
                        .setWait(true)
                        .build(),
                DEADLINE)));
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

    private static <T> T await(ListenableFuture<T> answer) throws StoreUnavailableException {
        try {
            return awaitRaw(answer);
        } catch (ExecutionException e) {
            throw QdrantErrors.sorted(e);
        }
    }

    private static <T> T awaitRaw(ListenableFuture<T> answer) throws StoreUnavailableException, ExecutionException {
        try {
            return answer.get(DEADLINE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw QdrantErrors.sorted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for Qdrant", e);
        }
    }
}
