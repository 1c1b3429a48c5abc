package dev.dise.embedded.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.fusion;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.QueryFactory.orderBy;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused, with which status and which words. */
abstract class QdrantContractErrors extends QdrantContractTheme {

    private String name = "";

    @BeforeEach
    void create() throws Exception {
        name = create(Distance.Cosine, Modifier.Idf);
    }

    @Test
    void refusesACollectionThatIsNotThere() throws Exception {
        String absent = newName();
        for (Callable<?> call : List.<Callable<?>>of(
                () -> client().countAsync(absent).get(),
                () -> client().getCollectionInfoAsync(absent).get(),
                () -> query(absent, QueryPoints.newBuilder()),
                () -> upserted(absent, id(1), vectors(1f, 2f)))) {
            assertRefused(call, Code.NOT_FOUND, "Collection `" + absent + "` doesn't exist");
        }
    }

    @Test
    void refusesACollectionThatIsThere() throws Exception {
        CreateCollection again =
                CreateCollection.newBuilder().setCollectionName(name).build();
        assertRefused(() -> client().createCollectionAsync(again).get(), Code.ALREADY_EXISTS, "already exists");
    }

    @Test
    void refusesAVectorWithoutSize() throws Exception {
        CreateCollection request = CreateCollection.newBuilder()
                .setCollectionName(newName())
                .setVectorsConfig(VectorsConfig.newBuilder().setParams(params(0, Distance.Dot)))
                .build();
        assertRefused(() -> client().createCollectionAsync(request).get(), Code.INVALID_ARGUMENT, "size");
    }

    @Test
    void refusesVectorsOfTheWrongSize() throws Exception {
        assertRefused(
                () -> upserted(name, id(1), vectors(1f, 2f, 3f)),
                Code.INVALID_ARGUMENT,
                "Vector dimension error: expected dim: 2, got 3");
        assertRefused(
                () -> query(name, QueryPoints.newBuilder().setQuery(nearest(1f, 2f, 3f))),
                Code.INVALID_ARGUMENT,
                "Vector dimension error: expected dim: 2, got 3");
    }

    @Test
    void refusesVectorsThatTheCollectionDoesNotKnow() throws Exception {
        assertRefused(
                () -> upserted(name, id(1), namedVectors(Map.of("image", vector(1f, 2f)))),
                Code.INVALID_ARGUMENT,
                "Not existing vector name error: image");
        assertRefused(
                () -> query(name, QueryPoints.newBuilder().setUsing("image").setQuery(nearest(1f, 2f))),
                Code.INVALID_ARGUMENT,
                "Not existing vector name error: image");
        assertRefused(
                () -> query(
                        name,
                        QueryPoints.newBuilder()
                                .addPrefetch(PrefetchQuery.newBuilder()
                                        .setUsing("image")
                                        .setQuery(nearest(1f, 2f)))
                                .setQuery(fusion(Fusion.RRF))),
                Code.INVALID_ARGUMENT,
                "Not existing vector name error: image");
    }

    @Test
    void refusesSparseVectorsThatDoNotFit() throws Exception {
        assertRefused(
                () -> upserted(name, id(1), words(List.of(1f), List.of(1, 2))),
                Code.INVALID_ARGUMENT,
                "must be the same length as indices");
        assertRefused(
                () -> upserted(name, id(1), words(List.of(1f, 2f), List.of(7, 7))),
                Code.INVALID_ARGUMENT,
                "must be unique");
    }

    @Test
    void refusesAPointWithoutAVectorsField() throws Exception {
        PointStruct point = PointStruct.newBuilder().setId(id(1)).build();
        assertRefused(
                () -> client().upsertAsync(name, List.of(point)).get(), Code.INVALID_ARGUMENT, "Expected some vectors");
    }

    @Test
    void refusesIdsThatAreNone() throws Exception {
        assertRefused(
                () -> upserted(name, PointId.newBuilder().setUuid("no uuid").build(), vectors(1f, 2f)),
                Code.INVALID_ARGUMENT,
                "Unable to parse UUID");
        assertRefused(() -> upserted(name, PointId.getDefaultInstance(), vectors(1f, 2f)), Code.INVALID_ARGUMENT, "");
    }

    @Test
    void refusesToAskByAPointThatIsNotThere() throws Exception {
        assertRefused(
                () -> query(name, QueryPoints.newBuilder().setQuery(nearest(9L))),
                Code.NOT_FOUND,
                "No point with id 9 found");
        upserted(name, id(9), noVectors());
        assertRefused(
                () -> query(name, QueryPoints.newBuilder().setQuery(nearest(9L))), Code.NOT_FOUND, "Vector with name");
    }

    @Test
    void refusesQueriesThatMakeNoSense() throws Exception {
        QueryPoints.Builder request = QueryPoints.newBuilder();
        PrefetchQuery meaning =
                PrefetchQuery.newBuilder().setQuery(nearest(1f, 2f)).build();
        assertRefused(
                () -> query(name, request.clone().setQuery(nearest(1f, 2f)).setLimit(0)),
                Code.INVALID_ARGUMENT,
                "must be 1 or larger");
        assertRefused(
                () -> query(name, request.clone().addPrefetch(meaning)),
                Code.INVALID_ARGUMENT,
                "Can't have prefetches without defining a query");
        assertRefused(
                () -> query(name, request.clone().setScoreThreshold(1f)),
                Code.INVALID_ARGUMENT,
                "A query is needed to use the score_threshold");
        assertRefused(
                () -> query(name, request.clone().setQuery(fusion(Fusion.RRF))),
                Code.INVALID_ARGUMENT,
                "without prefetches");
        assertRefused(
                () -> query(
                        name,
                        request.clone().addPrefetch(meaning).setUsing("words").setQuery(fusion(Fusion.RRF))),
                Code.INVALID_ARGUMENT,
                "cannot be combined with the 'using' field");
        assertRefused(
                () -> query(name, request.clone().setQuery(orderBy("n"))),
                Code.INVALID_ARGUMENT,
                "No range index for `order_by` key: `n`");
    }

    private Object upserted(String collection, PointId id, Vectors vectors) throws Exception {
        return client().upsertAsync(collection, List.of(point(id, vectors, Map.of())))
                .get();
    }

    private static Vectors words(List<Float> values, List<Integer> indices) {
        return namedVectors(Map.of("words", vector(values, indices)));
    }

    private static void assertRefused(Callable<?> call, Code code, String words) throws Exception {
        Status status = refusal(call);
        assertThat(status.getCode()).as("%s", status).isEqualTo(code);
        assertThat(status.getDescription()).contains(words);
    }
}
