package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointVectors;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorOutput;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Writing points and reading them back. */
abstract class QdrantContractPoints extends QdrantContractTheme {

    private static final PointId UUID_ID = id(UUID.fromString("0193e7a0-0000-7000-8000-00000000000a"));

    @Test
    void answersTheDefaultVectorAloneUnnamed() throws Exception {
        String name = create(Distance.Cosine, Modifier.Idf);
        upsert(name, point(id(1), vectors(3f, 4f), Map.of()));
        List<Float> stored =
                get(name, id(1)).getVectors().getVector().getDense().getDataList();
        assertThat(stored.get(0)).isCloseTo(0.6f, CLOSE);
        assertThat(stored.get(1)).isCloseTo(0.8f, CLOSE);
    }

    @Test
    void answersSeveralVectorsByName() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1));
        assertThat(vectorsOf(name, 1)).containsOnlyKeys("", "words");
        assertThat(denseOf(name, 1)).containsExactly(1f, 2f);
        SparseVector words = get(name, id(1))
                .getVectors()
                .getVectors()
                .getVectorsOrThrow("words")
                .getSparse();
        assertThat(words.getIndicesList()).containsExactly(3, 70_000);
        assertThat(words.getValuesList()).containsExactly(0.25f, -1.5f);
    }

    @Test
    void keepsAPointWithoutVectors() throws Exception {
        String name = create(Distance.Cosine, Modifier.Idf);
        upsert(name, point(id(1), noVectors(), Map.of("tool", value("a"))), both(2));
        RetrievedPoint stored = get(name, id(1));
        assertThat(stored.getVectors().hasVector()).isFalse();
        assertThat(vectorsOf(name, 1)).isEmpty();
        assertThat(client().countAsync(name).get()).isEqualTo(2);
        assertThat(client().countAsync(name, must(matchKeyword("tool", "a")), true)
                        .get())
                .isEqualTo(1);
        assertThat(ids(query(name, QueryPoints.newBuilder().setQuery(nearest(1f, 1f)))))
                .containsExactly(2L);
    }

    @Test
    void replacesAPointAsAWhole() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1));
        upsert(name, point(id(1), vectors(5f, 6f), Map.of("new", value(true))));
        assertThat(get(name, id(1)).getVectors().getVector().getDense().getDataList())
                .containsExactly(5f, 6f);
        assertThat(get(name, id(1)).getPayloadMap()).containsOnlyKeys("new");
    }

    @Test
    void updatesAndDeletesOneVectorAndLeavesTheRest() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1));
        client().updateVectorsAsync(name, List.of(vectorsFor(1, 7f, 8f))).get();
        assertThat(denseOf(name, 1)).containsExactly(7f, 8f);
        assertThat(vectorsOf(name, 1)).containsOnlyKeys("", "words");
        client().deleteVectorsAsync(name, List.of(""), List.of(id(1))).get();
        assertThat(vectorsOf(name, 1)).containsOnlyKeys("words");
        assertThat(get(name, id(1)).getPayloadMap()).containsOnlyKeys("n");
        assertThat(client().countAsync(name, must(hasVector("words")), true).get())
                .isEqualTo(1);
        assertThat(client().countAsync(name, must(hasVector("")), true).get()).isZero();
    }

    @Test
    void leavesAloneWhatTheUpdateFilterDoesNotMatch() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1), both(2));
        Filter older = must(range("n", Range.newBuilder().setLt(2).build()));
        client().upsertAsync(UpsertPoints.newBuilder()
                        .setCollectionName(name)
                        .setWait(true)
                        .setUpdateFilter(older)
                        .addAllPoints(List.of(renamed(1), renamed(2), renamed(3)))
                        .build())
                .get();
        assertThat(get(name, id(1)).getPayloadMap()).containsKey("new");
        assertThat(get(name, id(2)).getPayloadMap()).containsOnlyKeys("n");
        assertThat(get(name, id(3)).getPayloadMap()).containsKey("new");
    }

    @Test
    void updatesVectorsOnlyWhereTheFilterMatches() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1), both(2));
        client().updateVectorsAsync(UpdatePointVectors.newBuilder()
                        .setCollectionName(name)
                        .setWait(true)
                        .setUpdateFilter(
                                must(range("n", Range.newBuilder().setLt(2).build())))
                        .addAllPoints(List.of(vectorsFor(1, 7f, 8f), vectorsFor(2, 7f, 8f)))
                        .build())
                .get();
        assertThat(denseOf(name, 1)).containsExactly(7f, 8f);
        assertThat(denseOf(name, 2)).containsExactly(1f, 2f);
    }

    @Test
    void onlyInsertsOrOnlyUpdates() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1));
        upsert(name, UpdateMode.InsertOnly, renamed(1), renamed(2));
        assertThat(get(name, id(1)).getPayloadMap()).containsOnlyKeys("n");
        assertThat(get(name, id(2)).getPayloadMap()).containsKey("new");
        upsert(name, UpdateMode.UpdateOnly, renamed(1), renamed(3));
        assertThat(get(name, id(1)).getPayloadMap()).containsKey("new");
        assertThat(client().countAsync(name).get()).isEqualTo(2);
    }

    @Test
    void refusesToUpdateAPointThatIsNotThere() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        assertThat(refusal(() -> client().updateVectorsAsync(name, List.of(vectorsFor(9, 7f, 8f)))
                        .get()))
                .satisfies(status -> assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND))
                .satisfies(status -> assertThat(status.getDescription()).contains("No point with id 9"));
    }

    @Test
    void deletesByIdAndByFilter() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        upsert(name, both(1), both(2), both(3));
        UpdateResult result = client().deleteAsync(name, List.of(id(1), id(99))).get();
        assertThat(result.getStatus()).isEqualTo(UpdateStatus.Completed);
        assertThat(client().countAsync(name).get()).isEqualTo(2);
        client().deleteAsync(name, must(range("n", Range.newBuilder().setGt(2).build())))
                .get();
        assertThat(client().countAsync(name).get()).isEqualTo(1);
        assertThat(ids(query(name, QueryPoints.newBuilder().setQuery(nearest(1f, 0f)))))
                .containsExactly(2L);
    }

    @Test
    void scrollsNumbersFirstAndThenUuidsPageByPage() throws Exception {
        String name = create(Distance.Dot, Modifier.Idf);
        for (PointId id : List.of(UUID_ID, id(300), id(2), id(-1L))) {
            upsert(name, point(id, vectors(1f, 0f), Map.of("tool", value("a"))));
        }
        ScrollPoints.Builder request =
                ScrollPoints.newBuilder().setCollectionName(name).setLimit(2);
        ScrollResponse first = client().scrollAsync(request.build()).get();
        assertThat(first.getResultList()).extracting(RetrievedPoint::getId).containsExactly(id(2), id(300));
        ScrollResponse second = client().scrollAsync(
                        request.setOffset(first.getNextPageOffset()).build())
                .get();
        assertThat(second.getResultList()).extracting(RetrievedPoint::getId).containsExactly(id(-1L), UUID_ID);
        assertThat(second.hasNextPageOffset()).isFalse();
    }

    private void upsert(String name, UpdateMode mode, PointStruct... points) throws Exception {
        client().upsertAsync(UpsertPoints.newBuilder()
                        .setCollectionName(name)
                        .setWait(true)
                        .setUpdateMode(mode)
                        .addAllPoints(List.of(points))
                        .build())
                .get();
    }

    private Map<String, VectorOutput> vectorsOf(String name, long number) throws Exception {
        return get(name, id(number)).getVectors().getVectors().getVectorsMap();
    }

    private List<Float> denseOf(String name, long number) throws Exception {
        return get(name, id(number))
                .getVectors()
                .getVectors()
                .getVectorsOrThrow("")
                .getDense()
                .getDataList();
    }

    private static PointStruct both(long number) {
        return point(
                id(number),
                namedVectors(Map.of("", vector(1f, 2f), "words", vector(List.of(-1.5f, 0.25f), List.of(70_000, 3)))),
                Map.of("n", value(number)));
    }

    private static PointStruct renamed(long number) {
        return point(id(number), vectors(1f, 2f), Map.of("n", value(number), "new", value(true)));
    }

    private static PointVectors vectorsFor(long number, float... values) {
        return PointVectors.newBuilder()
                .setId(id(number))
                .setVectors(namedVectors(Map.of("", vector(values))))
                .build();
    }
}
