package dev.dise.query;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The live collection of Qdrant, read through its alias. Every call has a deadline; a collection that is not there yet is an
 * empty one. Thread-safe.
 */
final class VectorStore implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private final QdrantClient client;
    private final String collection;

    private VectorStore(QdrantClient client, String collection) {
        this.client = client;
        this.collection = collection;
    }

    /** Connects when the first question comes, so that it starts without its store. */
    static VectorStore open(Qdrant config) {
        QdrantGrpcClient.Builder builder =
                QdrantGrpcClient.newBuilder(config.host(), config.grpcPort(), config.tls(), false);
        if (!config.apiKey().value().isEmpty()) {
            builder.withApiKey(config.apiKey().value());
        }
        return new VectorStore(new QdrantClient(builder.build()), config.collection());
    }

    List<ScoredPoint> search(QueryPoints.Builder query) throws StoreUnavailableException {
        QueryPoints request = query.setCollectionName(collection).build();
        return await(client.queryAsync(request, DEADLINE), List.of());
    }

    List<RetrievedPoint> find(Filter filter, int limit) throws StoreUnavailableException {
        ScrollPoints request = ScrollPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(filter)
                .setLimit(limit)
                .build();
        return await(client.scrollAsync(request, DEADLINE), ScrollResponse.getDefaultInstance())
                .getResultList();
    }

    /** The exact number of points that fulfil each filter; all counts run at once. */
    Map<String, Long> counts(Map<String, Filter> filters) throws StoreUnavailableException {
        Map<String, ListenableFuture<Long>> asked = new LinkedHashMap<>();
        filters.forEach((name, filter) -> asked.put(name, client.countAsync(collection, filter, true, DEADLINE)));
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Map.Entry<String, ListenableFuture<Long>> count : asked.entrySet()) {
            counts.put(count.getKey(), await(count.getValue(), 0L));
        }
        return counts;
    }

    /** Returns if Qdrant answers. */
    void ping() throws StoreUnavailableException {
        await(client.healthCheckAsync(DEADLINE), HealthCheckReply.getDefaultInstance());
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
