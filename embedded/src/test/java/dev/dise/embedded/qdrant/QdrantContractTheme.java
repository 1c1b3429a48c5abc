package dev.dise.embedded.qdrant;

import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;

import io.grpc.Status;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;

/** One theme of the contract. Its collections have names of their own and are deleted after each test. */
abstract class QdrantContractTheme {

    /** How far scores may be from each other. */
    static final Offset<Float> CLOSE = Offset.offset(1e-4f);

    private final List<String> collections = new ArrayList<>();

    protected abstract QdrantClient client();

    @AfterEach
    void deleteCollections() throws Exception {
        collections.retainAll(client().listCollectionsAsync().get());
        for (String collection : collections) {
            client().deleteCollectionAsync(collection).get();
        }
    }

    /** A name that no collection has; the collection is deleted after the test, if there is one. */
    String newName() {
        String name = "contract-" + UUID.randomUUID();
        collections.add(name);
        return name;
    }

    String create(CreateCollection.Builder request) throws Exception {
        String name = newName();
        client().createCollectionAsync(request.setCollectionName(name).build()).get();
        return name;
    }

    /** A collection with the default vector, of two numbers, and the sparse vector "words". */
    String create(Distance distance, Modifier modifier) throws Exception {
        return create(CreateCollection.newBuilder()
                .setVectorsConfig(VectorsConfig.newBuilder().setParams(params(2, distance)))
                .setSparseVectorsConfig(words(modifier)));
    }

    static VectorParams params(int size, Distance distance) {
        return VectorParams.newBuilder().setSize(size).setDistance(distance).build();
    }

    static SparseVectorConfig words(Modifier modifier) {
        return SparseVectorConfig.newBuilder()
                .putMap(
                        "words",
                        SparseVectorParams.newBuilder().setModifier(modifier).build())
                .build();
    }

    void upsert(String collection, PointStruct... points) throws Exception {
        client().upsertAsync(collection, List.of(points)).get();
    }

    static PointStruct point(PointId id, Vectors vectors, Map<String, Value> payload) {
        return PointStruct.newBuilder()
                .setId(id)
                .setVectors(vectors)
                .putAllPayload(payload)
                .build();
    }

    /** The vectors of a point that has none. */
    static Vectors noVectors() {
        return namedVectors(Map.of());
    }

    /** A sparse vector of these values at these indices. */
    static Vector sparse(Map<Integer, Float> values) {
        Map<Integer, Float> sorted = new TreeMap<>(values);
        return vector(List.copyOf(sorted.values()), List.copyOf(sorted.keySet()));
    }

    List<ScoredPoint> query(String collection, QueryPoints.Builder request) throws Exception {
        return client().queryAsync(request.setCollectionName(collection).build())
                .get();
    }

    /** The point with all it has. */
    RetrievedPoint get(String collection, PointId id) throws Exception {
        return client().retrieveAsync(collection, List.of(id), true, true, null)
                .get()
                .getFirst();
    }

    static Filter must(Condition... conditions) {
        return Filter.newBuilder().addAllMust(List.of(conditions)).build();
    }

    static List<Long> ids(List<ScoredPoint> points) {
        return points.stream().map(point -> point.getId().getNum()).toList();
    }

    /** The status that the call is refused with. */
    static Status refusal(Callable<?> call) throws Exception {
        try {
            call.call();
            return Status.OK;
        } catch (ExecutionException e) {
            return Status.fromThrowable(e);
        }
    }
}
