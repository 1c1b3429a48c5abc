package dev.dise.embedded.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.QueryFactory.orderBy;
import static io.qdrant.client.QueryFactory.recommend;
import static io.qdrant.client.QueryFactory.sample;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorInputFactory.vectorInput;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.Sample;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ranking points by dense vectors and by fields. */
abstract class QdrantContractSearch extends QdrantContractTheme {

    @Test
    void scoresWithTheCosine() throws Exception {
        List<ScoredPoint> found =
                query(filled(Distance.Cosine), QueryPoints.newBuilder().setQuery(nearest(6f, 8f)));
        assertThat(ids(found)).containsExactly(1L, 2L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(1f, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(0.8f, CLOSE);
        assertThat(found.get(2).getScore()).isCloseTo(-1f, CLOSE);
    }

    @Test
    void scoresWithTheDotProduct() throws Exception {
        List<ScoredPoint> found =
                query(filled(Distance.Dot), QueryPoints.newBuilder().setQuery(nearest(1f, 2f)));
        assertThat(ids(found)).containsExactly(2L, 1L, 3L);
        assertThat(found.stream().map(ScoredPoint::getScore)).containsExactly(20f, 11f, -11f);
    }

    @Test
    void scoresWithTheDistance() throws Exception {
        List<ScoredPoint> found =
                query(filled(Distance.Euclid), QueryPoints.newBuilder().setQuery(nearest(0f, 9f)));
        assertThat(ids(found)).containsExactly(2L, 1L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(1f, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo((float) Math.sqrt(34), CLOSE);
        assertThat(found.get(2).getScore()).isCloseTo((float) Math.sqrt(178), CLOSE);
    }

    @Test
    void keepsToTheThresholdOnTheNearSide() throws Exception {
        QueryPoints.Builder near = QueryPoints.newBuilder().setQuery(nearest(0f, 9f));
        assertThat(ids(query(filled(Distance.Euclid), near.clone().setScoreThreshold(6f))))
                .containsExactly(2L, 1L);
        assertThat(ids(query(filled(Distance.Dot), near.clone().setScoreThreshold(40f))))
                .containsExactly(2L);
    }

    @Test
    void answersPageByPage() throws Exception {
        String name = filled(Distance.Dot);
        QueryPoints.Builder request =
                QueryPoints.newBuilder().setQuery(nearest(1f, 2f)).setLimit(1);
        assertThat(ids(query(name, request))).containsExactly(2L);
        assertThat(ids(query(name, request.setOffset(1)))).containsExactly(1L);
        assertThat(ids(query(name, request.setOffset(9)))).isEmpty();
    }

    @Test
    void takesParametersOfTheSearch() throws Exception {
        String name = filled(Distance.Dot);
        QueryPoints.Builder request = QueryPoints.newBuilder().setQuery(nearest(1f, 2f));
        SearchParams exact = SearchParams.newBuilder().setExact(true).build();
        SearchParams beam = SearchParams.newBuilder().setHnswEf(64).build();
        assertThat(ids(query(name, request.setParams(exact)))).containsExactly(2L, 1L, 3L);
        assertThat(ids(query(name, request.setParams(beam)))).containsExactly(2L, 1L, 3L);
    }

    @Test
    void asksByTheIdOfAPointWhichIsNotAmongTheAnswers() throws Exception {
        String name = filled(Distance.Dot);
        assertThat(ids(query(name, QueryPoints.newBuilder().setQuery(nearest(1L)))))
                .containsExactly(2L, 3L);
    }

    @Test
    void searchesTheVectorThatIsNamed() throws Exception {
        VectorParamsMap named = VectorParamsMap.newBuilder()
                .putMap("text", params(2, Distance.Dot))
                .putMap("code", params(3, Distance.Dot))
                .build();
        String name = create(CreateCollection.newBuilder()
                .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(named)));
        upsert(
                name,
                point(id(1), namedVectors(Map.of("text", vector(1f, 0f), "code", vector(0f, 0f, 1f))), Map.of()),
                point(id(2), namedVectors(Map.of("code", vector(0f, 0f, 5f))), Map.of()));
        assertThat(ids(query(name, QueryPoints.newBuilder().setUsing("text").setQuery(nearest(1f, 1f)))))
                .containsExactly(1L);
        QueryPoints.Builder code = QueryPoints.newBuilder()
                .setUsing("code")
                .setQuery(nearest(0f, 0f, 1f))
                .setWithVectors(WithVectorsSelectorFactory.include(List.of("text")));
        List<ScoredPoint> found = query(name, code);
        assertThat(ids(found)).containsExactly(2L, 1L);
        assertThat(found.get(1).getVectors().getVectors().getVectorsMap()).containsOnlyKeys("text");
    }

    @Test
    void recommendsWhatIsNearTheGoodAndFarFromTheBad() throws Exception {
        String name = filled(Distance.Dot);
        RecommendInput input = RecommendInput.newBuilder()
                .addPositive(vectorInput(1L))
                .addPositive(vectorInput(1f, 0f))
                .addNegative(vectorInput(3L))
                .build();
        List<ScoredPoint> found = query(name, QueryPoints.newBuilder().setQuery(recommend(input)));
        assertThat(ids(found)).containsExactly(2L);
        // Twice the average (2, 2) without (-3, -4) is (7, 8).
        assertThat(found.getFirst().getScore()).isCloseTo(80f, CLOSE);
    }

    @Test
    void answersInTheOrderOfIdsWithoutAQuery() throws Exception {
        List<ScoredPoint> found =
                query(filled(Distance.Dot), QueryPoints.newBuilder().setLimit(2));
        assertThat(ids(found)).containsExactly(1L, 2L);
    }

    @Test
    void answersInTheOrderOfAField() throws Exception {
        String name = filled(Distance.Dot);
        client().createPayloadIndexAsync(name, "n", PayloadSchemaType.Integer, null, true, null, null)
                .get();
        assertThat(ids(query(name, QueryPoints.newBuilder().setQuery(orderBy("n")))))
                .containsExactly(3L, 1L, 2L);
        OrderBy descending =
                OrderBy.newBuilder().setKey("n").setDirection(Direction.Desc).build();
        List<ScoredPoint> found = query(
                name, QueryPoints.newBuilder().setQuery(orderBy(descending)).setLimit(2));
        assertThat(ids(found)).containsExactly(2L, 1L);
        assertThat(found.getFirst().getOrderValue().getInt()).isEqualTo(30);
        ScrollPoints scroll = ScrollPoints.newBuilder()
                .setCollectionName(name)
                .setOrderBy(descending)
                .build();
        assertThat(client().scrollAsync(scroll).get().getResultList())
                .extracting(RetrievedPoint::getId)
                .containsExactly(id(2), id(1), id(3));
    }

    @Test
    void picksPointsByChance() throws Exception {
        QueryPoints.Builder request =
                QueryPoints.newBuilder().setQuery(sample(Sample.Random)).setLimit(2);
        assertThat(ids(query(filled(Distance.Dot), request))).hasSize(2).isSubsetOf(1L, 2L, 3L);
    }

    @Test
    void answersABatchOfQueries() throws Exception {
        String name = filled(Distance.Dot);
        QueryPoints.Builder one =
                QueryPoints.newBuilder().setCollectionName(name).setLimit(1);
        assertThat(client().queryBatchAsync(
                                name,
                                List.of(
                                        one.clone().setQuery(nearest(1f, 2f)).build(),
                                        one.clone().setQuery(nearest(-1f, -2f)).build()))
                        .get())
                .extracting(result -> result.getResult(0).getId())
                .containsExactly(id(2), id(3));
    }

    @Test
    void groupsByTheValuesOfAField() throws Exception {
        String name = create(Distance.Dot, Modifier.None);
        for (int i = 1; i <= 6; i++) {
            upsert(name, point(id(i), vectors(i, 0f), Map.of("tool", value(i % 2 == 0 ? "even" : "odd"))));
        }
        upsert(
                name,
                point(id(7), vectors(0.5f, 0f), Map.of("tool", list(List.of(value("odd"), value("rare"))))),
                point(id(8), vectors(9f, 0f), Map.of()));
        List<PointGroup> groups = client().queryGroupsAsync(QueryPointGroups.newBuilder()
                        .setCollectionName(name)
                        .setQuery(nearest(1f, 0f))
                        .setGroupBy("tool")
                        .setGroupSize(2)
                        .build())
                .get();
        assertThat(groups).extracting(group -> group.getId().getStringValue()).containsExactly("even", "odd", "rare");
        assertThat(groups)
                .extracting(group -> ids(group.getHitsList()))
                .containsExactly(List.of(6L, 4L), List.of(5L, 3L), List.of(7L));
    }

    /** Three points whose order is another by each distance. */
    private String filled(Distance distance) throws Exception {
        String name = create(distance, Modifier.None);
        upsert(
                name,
                point(id(1), vectors(3f, 4f), Map.of("n", value(20))),
                point(id(2), vectors(0f, 10f), Map.of("n", value(30))),
                point(id(3), vectors(-3f, -4f), Map.of("n", value(10))));
        return name;
    }
}
