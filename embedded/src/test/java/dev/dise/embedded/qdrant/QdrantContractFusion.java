package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.fusion;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.QueryFactory.rrf;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries of several stages: rankings that are made one, and results that are ranked again. */
abstract class QdrantContractFusion extends QdrantContractTheme {

    private String name = "";

    /** By meaning the order is 1, 2, 3, by words it is 3, 1, 4. */
    @BeforeEach
    void fill() throws Exception {
        name = create(Distance.Dot, Modifier.None);
        upsert(
                name,
                both(1, 10f, 2f, "a"),
                both(2, 8f, 0f, "b"),
                both(3, 3f, 5f, "b"),
                point(id(4), namedVectors(Map.of("words", sparse(Map.of(1, 1f)))), Map.of("tool", value("a"))));
    }

    @Test
    void fusesByRank() throws Exception {
        List<ScoredPoint> found = query(name, hybrid(fusion(Fusion.RRF)));
        assertThat(ids(found)).startsWith(1L, 3L, 2L).hasSize(4);
        assertThat(found.get(0).getScore()).isCloseTo(1f / 2 + 1f / 3, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(1f / 4 + 1f / 2, CLOSE);
        assertThat(found.get(2).getScore()).isCloseTo(1f / 3, CLOSE);
        assertThat(found.get(3).getScore()).isCloseTo(1f / 4, CLOSE);
    }

    @Test
    void fusesByRankWithAConstantOfTheRequest() throws Exception {
        List<ScoredPoint> found =
                query(name, hybrid(rrf(Rrf.newBuilder().setK(60).build())));
        assertThat(ids(found)).startsWith(1L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(1f / 60 + 1f / 61, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(1f / 62 + 1f / 60, CLOSE);
    }

    @Test
    void fusesByRankWithWeights() throws Exception {
        Rrf even = Rrf.newBuilder().addWeights(1).addWeights(1).build();
        assertThat(query(name, hybrid(rrf(even))).getFirst().getScore()).isCloseTo(1f / 2 + 1f / 3, CLOSE);
        Rrf words = Rrf.newBuilder().addWeights(1).addWeights(3).build();
        List<ScoredPoint> found = query(name, hybrid(rrf(words)));
        // With three times the weight, the second place by words counts as two thirds of a place.
        assertThat(ids(found)).startsWith(1L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(1f / 2 + 1f / (2f / 3 + 1), CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(1f / 4 + 1f / (1f / 3 + 1), CLOSE);
    }

    @Test
    void fusesByTheDistributionOfScores() throws Exception {
        List<ScoredPoint> found = query(name, hybrid(fusion(Fusion.DBSF)));
        float[] meaning = normalized(10, 8, 3);
        float[] words = normalized(5, 2, 1);
        assertThat(ids(found)).containsExactly(1L, 3L, 2L, 4L);
        assertThat(found.get(0).getScore()).isCloseTo(meaning[0] + words[1], CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(meaning[2] + words[0], CLOSE);
        assertThat(found.get(2).getScore()).isCloseTo(meaning[1], CLOSE);
        assertThat(found.get(3).getScore()).isCloseTo(words[2], CLOSE);
    }

    @Test
    void keepsToLimitOffsetAndThresholdAfterTheFusion() throws Exception {
        assertThat(ids(query(name, hybrid(fusion(Fusion.RRF)).setLimit(1)))).containsExactly(1L);
        assertThat(ids(query(name, hybrid(fusion(Fusion.RRF)).setLimit(1).setOffset(1))))
                .containsExactly(3L);
        assertThat(ids(query(name, hybrid(fusion(Fusion.RRF)).setScoreThreshold(0.5f))))
                .containsExactly(1L, 3L);
    }

    @Test
    void handsTheFilterDownToEachStage() throws Exception {
        QueryPoints.Builder request = hybrid(fusion(Fusion.RRF)).setFilter(must(matchKeyword("tool", "b")));
        List<ScoredPoint> found = query(name, request);
        assertThat(ids(found)).containsExactly(3L, 2L);
        assertThat(found.get(0).getScore()).isCloseTo(1f / 3 + 1f / 2, CLOSE);
    }

    @Test
    void joinsTheFiltersOfTheStages() throws Exception {
        Filter shouldA =
                Filter.newBuilder().addShould(matchKeyword("tool", "a")).build();
        Filter shouldB =
                Filter.newBuilder().addShould(matchKeyword("tool", "b")).build();
        QueryPoints.Builder request = QueryPoints.newBuilder()
                .addPrefetch(meaning().setFilter(shouldB))
                .setQuery(fusion(Fusion.RRF));
        assertThat(ids(query(name, request.clone().setFilter(must(matchKeyword("tool", "a"))))))
                .isEmpty();
        // One condition of either list is enough.
        assertThat(ids(query(name, request.clone().setFilter(shouldA)))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void givesEachStageItsOwnFilterLimitAndThreshold() throws Exception {
        QueryPoints.Builder request = QueryPoints.newBuilder()
                .addPrefetch(meaning().setLimit(1))
                .addPrefetch(words().setFilter(must(matchKeyword("tool", "a"))).setScoreThreshold(1.5f))
                .setQuery(fusion(Fusion.RRF));
        List<ScoredPoint> found = query(name, request);
        assertThat(ids(found)).containsExactly(1L);
        assertThat(found.getFirst().getScore()).isCloseTo(1f, CLOSE);
    }

    @Test
    void ranksTheResultsOfAStageAgain() throws Exception {
        QueryPoints.Builder request =
                QueryPoints.newBuilder().addPrefetch(words().setLimit(2)).setQuery(nearest(1f, 0f));
        List<ScoredPoint> found = query(name, request);
        assertThat(ids(found)).containsExactly(1L, 3L);
        assertThat(found.getFirst().getScore()).isCloseTo(10f, CLOSE);
    }

    @Test
    void runsStagesInsideOfStages() throws Exception {
        PrefetchQuery fused = PrefetchQuery.newBuilder()
                .addPrefetch(meaning().setLimit(2))
                .addPrefetch(words().setLimit(1))
                .setQuery(fusion(Fusion.RRF))
                .build();
        QueryPoints.Builder request = QueryPoints.newBuilder()
                .addPrefetch(fused)
                .setUsing("words")
                .setQuery(nearest(List.of(1f), List.of(1)));
        List<ScoredPoint> found = query(name, request);
        assertThat(ids(found)).containsExactly(3L, 1L);
        assertThat(found.getFirst().getScore()).isCloseTo(5f, CLOSE);
    }

    @Test
    void doesNotAnswerAPointThatAStageNames() throws Exception {
        QueryPoints.Builder request = QueryPoints.newBuilder()
                .addPrefetch(PrefetchQuery.newBuilder().setQuery(nearest(1L)))
                .addPrefetch(words())
                .setQuery(fusion(Fusion.RRF));
        assertThat(ids(query(name, request))).doesNotContain(1L).contains(2L, 3L, 4L);
    }

    private static QueryPoints.Builder hybrid(Query query) {
        return QueryPoints.newBuilder()
                .addPrefetch(meaning())
                .addPrefetch(words())
                .setQuery(query);
    }

    private static PrefetchQuery.Builder meaning() {
        return PrefetchQuery.newBuilder().setQuery(nearest(1f, 0f));
    }

    private static PrefetchQuery.Builder words() {
        return PrefetchQuery.newBuilder().setUsing("words").setQuery(nearest(List.of(1f), List.of(1)));
    }

    /** A point that meaning gives one score and words the other; none at all where that is zero. */
    private static PointStruct both(long number, float meaning, float words, String tool) {
        Map<Integer, Float> weights = words == 0 ? Map.of(2, 1f) : Map.of(1, words);
        return point(
                id(number),
                namedVectors(Map.of("", vector(meaning, 0f), "words", sparse(weights))),
                Map.of("tool", value(tool)));
    }

    /** Scores as places between three standard deviations below their mean and three above. */
    private static float[] normalized(float... scores) {
        double mean = (scores[0] + scores[1] + scores[2]) / 3.0;
        double squares = 0;
        for (float score : scores) {
            squares += (score - mean) * (score - mean);
        }
        double deviation = Math.sqrt(squares / 2);
        float[] places = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            places[i] = (float) ((scores[i] - mean + 3 * deviation) / (6 * deviation));
        }
        return places;
    }
}
