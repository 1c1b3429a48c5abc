package dev.dise.query;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsFutureStub;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.PointsGrpc.PointsFutureStub;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A collection of Qdrant, by its own name or by the alias of the live one. Every call has a deadline; a collection that is not there yet is an
 * empty one. Thread-safe.
 */
final class VectorStore implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(5);
    /** Points of one answer with their payloads, of which each has at most 2 MiB. */
    private static final int AT_ONCE = 20;

    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    private final QdrantGrpcClient client;
    private final String collection;

    private VectorStore(QdrantGrpcClient client, String collection) {
        this.client = client;
        this.collection = collection;
    }

    /** Connects when the first question comes, so that it starts without its store. */
    static VectorStore open(Qdrant config) {
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(channel(config), true, false);
        if (!config.apiKey().value().isEmpty()) {
            builder.withApiKey(config.apiKey().value());
        }
        return new VectorStore(builder.build(), config.collection());
    }

    private static ManagedChannel channel(Qdrant config) {
        ManagedChannelBuilder<?> channel = ManagedChannelBuilder.forAddress(config.host(), config.grpcPort());
        return (config.tls() ? channel.useTransportSecurity() : channel.usePlaintext())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .build();
    }

    /** Another collection, over the same connection, which stays this one's. */
    VectorStore at(String other) {
        return new VectorStore(client, other);
    }

    /** The collection that this name is an alias of; null if it is none. */
    @Nullable
    String target() throws StoreUnavailableException {
        return await(
                        collections().listAliases(ListAliasesRequest.getDefaultInstance()),
                        ListAliasesResponse.getDefaultInstance())
                .getAliasesList()
                .stream()
                .filter(alias -> alias.getAliasName().equals(collection))
                .map(AliasDescription::getCollectionName)
                .findFirst()
                .orElse(null);
    }

    /** What the collection says of itself. */
    Map<String, String> notes() throws StoreUnavailableException {
        GetCollectionInfoRequest request = GetCollectionInfoRequest.newBuilder()
                .setCollectionName(collection)
                .build();
        Map<String, String> notes = new HashMap<>();
        await(collections().get(request), GetCollectionInfoResponse.getDefaultInstance())
                .getResult()
                .getConfig()
                .getMetadataMap()
                .forEach((key, value) -> notes.put(key, value.getStringValue()));
        return notes;
    }

    private CollectionsFutureStub collections() {
        return client.collections().withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    List<ScoredPoint> search(QueryPoints.Builder query) throws StoreUnavailableException {
        QueryPoints request = query.setCollectionName(collection).build();
        return await(points().query(request), QueryResponse.getDefaultInstance())
                .getResultList();
    }

    /** The answers to several questions at once, in their order; empty ones where there is no collection yet. */
    List<List<ScoredPoint>> searchAll(List<QueryPoints.Builder> queries) throws StoreUnavailableException {
        QueryBatchPoints.Builder batch = QueryBatchPoints.newBuilder().setCollectionName(collection);
        queries.forEach(query -> batch.addQueryPoints(query.setCollectionName(collection)));
        QueryBatchResponse answer = await(points().queryBatch(batch.build()), QueryBatchResponse.getDefaultInstance());
        List<List<ScoredPoint>> results = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            results.add(i < answer.getResultCount() ? answer.getResult(i).getResultList() : List.of());
        }
        return results;
    }

    /** The payloads of the points that are there. */
    Map<PointId, Map<String, Value>> payloads(Collection<PointId> ids) throws StoreUnavailableException {
        Map<PointId, Map<String, Value>> payloads = new HashMap<>();
        List<PointId> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            GetPoints request = GetPoints.newBuilder()
                    .setCollectionName(collection)
                    .addAllIds(all.subList(from, Math.min(from + AT_ONCE, all.size())))
                    .setWithPayload(WithPayloadSelectorFactory.enable(true))
                    .build();
            await(points().get(request), GetResponse.getDefaultInstance())
                    .getResultList()
                    .forEach(point -> payloads.put(point.getId(), point.getPayloadMap()));
        }
        return payloads;
    }

    /** Some keys of the payloads of the points that are there. */
    Map<PointId, Map<String, Value>> payloads(Collection<PointId> ids, List<String> keys)
            throws StoreUnavailableException {
        GetPoints request = GetPoints.newBuilder()
                .setCollectionName(collection)
                .addAllIds(ids)
                .setWithPayload(WithPayloadSelectorFactory.include(keys))
                .build();
        return await(points().get(request), GetResponse.getDefaultInstance()).getResultList().stream()
                .collect(Collectors.toMap(RetrievedPoint::getId, RetrievedPoint::getPayloadMap));
    }

    /** Some keys of the payload of a point; none if it is not there. */
    Map<String, Value> payload(UUID id, List<String> keys) throws StoreUnavailableException {
        GetPoints request = GetPoints.newBuilder()
                .setCollectionName(collection)
                .addIds(PointIdFactory.id(id))
                .setWithPayload(WithPayloadSelectorFactory.include(keys))
                .build();
        return await(points().get(request), GetResponse.getDefaultInstance()).getResultList().stream()
                .findFirst()
                .map(RetrievedPoint::getPayloadMap)
                .orElse(Map.of());
    }

    List<RetrievedPoint> find(Filter filter, int limit) throws StoreUnavailableException {
        ScrollPoints request = ScrollPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(filter)
                .setLimit(limit)
                .build();
        return await(points().scroll(request), ScrollResponse.getDefaultInstance())
                .getResultList();
    }

    /** The exact number of points that fulfil each filter; all counts run at once. */
    Map<String, Long> counts(Map<String, Filter> filters) throws StoreUnavailableException {
        Map<String, ListenableFuture<CountResponse>> asked = new LinkedHashMap<>();
        filters.forEach((name, filter) -> asked.put(name, points().count(countOf(filter))));
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Map.Entry<String, ListenableFuture<CountResponse>> count : asked.entrySet()) {
            CountResponse response = await(count.getValue(), CountResponse.getDefaultInstance());
            counts.put(count.getKey(), response.getResult().getCount());
        }
        return counts;
    }

    /** Returns if Qdrant answers. */
    void ping() throws StoreUnavailableException {
        await(
                client.qdrant()
                        .withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                        .healthCheck(HealthCheckRequest.getDefaultInstance()),
                HealthCheckReply.getDefaultInstance());
    }

    /** The generated calls of the official client: its own methods log every missing collection as an error. */
    private PointsFutureStub points() {
        return client.points().withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private CountPoints countOf(Filter filter) {
        return CountPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(filter)
                .setExact(true)
                .build();
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> T await(ListenableFuture<T> answer, T whenMissing) throws StoreUnavailableException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (QdrantErrors.isMissingCollection(e)) {
                return whenMissing;
            }
            throw QdrantErrors.sorted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("the query service is stopping", e);
        }
    }
}
