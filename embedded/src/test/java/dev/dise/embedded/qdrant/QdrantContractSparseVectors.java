package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.Vector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ranking points by sparse vectors. */
abstract class QdrantContractSparseVectors extends QdrantContractTheme {

    /** An index above what a signed number holds. */
    private static final int LARGE = (int) 4_000_000_000L;

    @Test
    void scoresWithTheDotProductOfSharedIndices() throws Exception {
        String name = filled(Modifier.None);
        List<ScoredPoint> found = query(name, words(nearest(List.of(2f, -1f, 5f), List.of(1, 2, 99))));
        assertThat(ids(found)).containsExactly(2L, 1L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(6f, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(0.5f, CLOSE);
        assertThat(found.get(2).getScore()).isCloseTo(-0.3f, CLOSE);
    }

    @Test
    void takesIndicesOfAllThirtyTwoBitsInAnyOrder() throws Exception {
        String name = filled(Modifier.None);
        List<ScoredPoint> found = query(name, words(nearest(List.of(1f, 3f), List.of(LARGE, 4))));
        assertThat(ids(found)).containsExactly(4L);
        assertThat(found.getFirst().getScore()).isCloseTo(0.75f + 1.5f, CLOSE);
    }

    @Test
    void multipliesByHowRareAnIndexIs() throws Exception {
        String name = filled(Modifier.Idf);
        upsert(name, point(id(9), namedVectors(Map.of("", vector(1f, 1f))), Map.of()));
        List<ScoredPoint> found = query(name, words(nearest(List.of(2f, 1f), List.of(1, 2))));
        // Four points have words, two of them the index 1, two the index 2.
        float rareness = (float) Math.log((4 - 2 + 0.5) / (2 + 0.5) + 1);
        assertThat(ids(found)).containsExactly(2L, 1L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(6f * rareness, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(1.5f * rareness, CLOSE);
        assertThat(found.get(2).getScore()).isCloseTo(0.3f * rareness, CLOSE);
    }

    @Test
    void countsRarenessWithoutRegardToTheFilter() throws Exception {
        String name = filled(Modifier.Idf);
        QueryPoints.Builder request = words(nearest(List.of(1f), List.of(1)));
        float all = query(name, request).getFirst().getScore();
        List<ScoredPoint> found = query(name, request.setFilter(must(matchKeyword("tool", "b"))));
        assertThat(ids(found)).containsExactly(2L);
        assertThat(found.getFirst().getScore()).isCloseTo(all, CLOSE);
    }

    @Test
    void ranksARareWordAboveACommonOne() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        for (int i = 1; i <= 9; i++) {
            upsert(name, text(i, sparse(Map.of(1, 1f)), "common"));
        }
        upsert(name, text(10, sparse(Map.of(2, 1f)), "rare"));
        List<ScoredPoint> found =
                query(name, words(nearest(List.of(1f, 1f), List.of(1, 2))).setLimit(1));
        assertThat(ids(found)).containsExactly(10L);
        assertThat(found.getFirst().getScore()).isCloseTo((float) Math.log((10 - 1 + 0.5) / 1.5 + 1), CLOSE);
    }

    @Test
    void asksByTheIdOfAPoint() throws Exception {
        String name = filled(Modifier.None);
        List<ScoredPoint> found = query(name, words(nearest(1L)));
        assertThat(ids(found)).containsExactly(2L, 3L);
        assertThat(found.get(0).getScore()).isCloseTo(1.5f, CLOSE);
        assertThat(found.get(1).getScore()).isCloseTo(0.15f, CLOSE);
    }

    @Test
    void keepsToThresholdLimitAndOffset() throws Exception {
        String name = filled(Modifier.None);
        QueryPoints.Builder request = words(nearest(List.of(2f, 1f), List.of(1, 2)));
        assertThat(ids(query(name, request.clone().setScoreThreshold(1f)))).containsExactly(2L, 1L);
        assertThat(ids(query(name, request.clone().setLimit(1).setOffset(1)))).containsExactly(1L);
    }

    @Test
    void doesNotFindWhatWasReplacedOrDeleted() throws Exception {
        String name = filled(Modifier.None);
        upsert(name, text(2, sparse(Map.of(7, 1f)), "b"));
        client().deleteAsync(name, List.of(id(1))).get();
        assertThat(query(name, words(nearest(List.of(1f), List.of(1))))).isEmpty();
        assertThat(ids(query(name, words(nearest(List.of(1f), List.of(7)))))).containsExactly(2L);
    }

    @Test
    void worksInACollectionOfSparseVectorsOnly() throws Exception {
        String name = create(CreateCollection.newBuilder().setSparseVectorsConfig(words(Modifier.None)));
        upsert(name, text(1, sparse(Map.of(5, 0.1f)), "a"));
        List<ScoredPoint> found = query(name, words(nearest(List.of(3f), List.of(5))));
        assertThat(found.getFirst().getScore()).isCloseTo(0.3f, CLOSE);
    }

    private String filled(Modifier modifier) throws Exception {
        String name = create(Distance.Dot, modifier);
        upsert(
                name,
                text(1, sparse(Map.of(1, 0.5f, 2, 0.5f)), "a"),
                text(2, sparse(Map.of(1, 3f, 3, 1f)), "b"),
                text(3, sparse(Map.of(2, 0.3f)), "b"),
                text(4, vector(List.of(0.75f, 0.5f), List.of(LARGE, 4)), "c"));
        return name;
    }

    private static PointStruct text(long number, Vector words, String tool) {
        return point(id(number), namedVectors(Map.of("words", words)), Map.of("tool", value(tool)));
    }

    private static QueryPoints.Builder words(Query query) {
        return QueryPoints.newBuilder().setUsing("words").setQuery(query);
    }
}
