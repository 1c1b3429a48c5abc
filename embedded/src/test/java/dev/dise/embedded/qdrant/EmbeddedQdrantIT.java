package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points, as the official client sees them. */
class EmbeddedQdrantIT {

    private static final String NAME = "plans";
    private static final PointId UUID_ID = id(UUID.fromString("0193e7a0-0000-7000-8000-00000000000a"));

    @TempDir
    Path directory;

    private QdrantStack stack;

    @BeforeEach
    void start() throws Exception {
        stack = QdrantStack.start(directory);
        stack.createCollection(NAME, 3);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void answersAHealthCheck() throws Exception {
        assertThat(stack.client().healthCheckAsync().get().getVersion()).isEqualTo("1.18.0");
    }

    @Test
    void countsOperationsAcrossARestart() throws Exception {
        UpdateResult first = upsert(point(1, "a", 1, 0, 0));
        assertThat(first.getStatus()).isEqualTo(UpdateStatus.Completed);
        stack = stack.restart();
        assertThat(upsert(point(2, "b", 0, 1, 0)).getOperationId()).isEqualTo(first.getOperationId() + 1);
    }

    @Test
    void keepsPointsAcrossARestart() throws Exception {
        upsert(point(1, "a", 1, 0, 0), point(UUID_ID, "b", 0, 1, 0));
        stack = stack.restart();
        assertThat(stack.client().countAsync(NAME).get()).isEqualTo(2);
        assertThat(get(UUID_ID).getPayloadMap()).containsEntry("tool", value("b"));
    }

    @Test
    void hasOnTheDiskWhatItAnswered(@TempDir Path afterTheKill) throws Exception {
        upsert(point(1, "a", 1, 0, 0), point(2, "b", 0, 1, 0));
        stack.client().deleteAsync(NAME, List.of(id(1))).get();
        stack.client().createAliasAsync("drafts", NAME).get();
        copy(directory, afterTheKill);
        try (QdrantStack copy = QdrantStack.start(afterTheKill)) {
            assertThat(copy.client().countAsync("drafts").get()).isEqualTo(1);
        }
    }

    @Test
    void normalisesVectorsAndScoresWithTheCosine() throws Exception {
        upsert(point(1, "a", 3, 4, 0), point(2, "b", -3, -4, 0), point(3, "c", 0, 0, 7));
        List<ScoredPoint> found = query(QueryPoints.newBuilder().setQuery(nearest(6f, 8f, 0f)));
        assertThat(found).extracting(point -> point.getId().getNum()).containsExactly(1L, 3L, 2L);
        assertThat(found.get(0).getScore()).isCloseTo(1f, Offset.offset(1e-6f));
        assertThat(found.get(1).getScore()).isCloseTo(0f, Offset.offset(1e-6f));
        assertThat(found.get(2).getScore()).isCloseTo(-1f, Offset.offset(1e-6f));
        List<RetrievedPoint> stored = stack.client()
                .retrieveAsync(NAME, List.of(id(1)), false, true, null)
                .get();
        assertThat(stored.getFirst().getVectors().getVector().getDense().getDataList())
                .containsExactly(0.6f, 0.8f, 0f);
    }

    @Test
    void queriesWithinAFilterAThresholdAndAPage() throws Exception {
        upsert(point(1, "a", 1, 0, 0), point(2, "b", 0.9f, 0.1f, 0), point(3, "b", 0.5f, 0.5f, 0));
        QueryPoints.Builder request = QueryPoints.newBuilder().setQuery(nearest(1f, 0f, 0f));
        Filter isB = Filter.newBuilder().addMust(matchKeyword("tool", "b")).build();
        assertThat(ids(query(request.clone().setFilter(isB).setLimit(1)))).containsExactly(2L);
        assertThat(ids(query(request.clone().setOffset(1).setLimit(1)))).containsExactly(2L);
        assertThat(ids(query(request.clone().setScoreThreshold(0.9f)))).containsExactly(1L, 2L);
        assertThat(ids(query(QueryPoints.newBuilder().setQuery(nearest(id(1))))))
                .containsExactly(2L, 3L);
    }

    @Test
    void answersOnlyThePayloadAskedFor() throws Exception {
        upsert(point(1, "a", 1, 0, 0));
        QueryPoints.Builder request = QueryPoints.newBuilder().setQuery(nearest(1f, 0f, 0f));
        assertThat(query(request).getFirst().getPayloadMap()).isEmpty();
        request.setWithPayload(WithPayloadSelectorFactory.include(List.of("n")));
        assertThat(query(request).getFirst().getPayloadMap()).containsOnlyKeys("n");
    }

    @Test
    void leavesAPointAloneThatTheUpdateFilterDoesNotMatch() throws Exception {
        upsert(point(5, "old", 1, 0, 0));
        Filter older = Filter.newBuilder()
                .addMust(range("n", Range.newBuilder().setLt(5).build()))
                .build();
        stack.client()
                .upsertAsync(UpsertPoints.newBuilder()
                        .setCollectionName(NAME)
                        .setWait(true)
                        .setUpdateFilter(older)
                        .addPoints(point(5, "new", 0, 1, 0))
                        .addPoints(point(6, "new", 0, 1, 0))
                        .build())
                .get();
        assertThat(get(id(5)).getPayloadMap()).containsEntry("tool", value("old"));
        assertThat(get(id(6)).getPayloadMap()).containsEntry("tool", value("new"));
    }

    @Test
    void setsPayloadKeysAndKeepsTheOthersAndTheVector() throws Exception {
        upsert(point(1, "a", 1, 0, 0));
        stack.client()
                .setPayloadAsync(NAME, Map.of("score", value(0.5)), id(1), true, null, null)
                .get();
        assertThat(get(id(1)).getPayloadMap()).containsOnlyKeys("tool", "n", "score");
        assertThat(ids(query(QueryPoints.newBuilder().setQuery(nearest(1f, 0f, 0f)))))
                .containsExactly(1L);
    }

    @Test
    void deletesByIdAndByFilter() throws Exception {
        upsert(point(1, "a", 1, 0, 0), point(2, "b", 0, 1, 0), point(3, "b", 0, 0, 1));
        stack.client().deleteAsync(NAME, List.of(id(1), id(99))).get();
        assertThat(stack.client().countAsync(NAME).get()).isEqualTo(2);
        Filter isB = Filter.newBuilder().addMust(matchKeyword("tool", "b")).build();
        stack.client().deleteAsync(NAME, isB).get();
        assertThat(stack.client().countAsync(NAME).get()).isZero();
        assertThat(query(QueryPoints.newBuilder().setQuery(nearest(1f, 0f, 0f))))
                .isEmpty();
    }

    @Test
    void scrollsNumbersFirstAndThenUuidsPageByPage() throws Exception {
        upsert(
                point(UUID_ID, "u", 1, 0, 0),
                point(300, "a", 1, 0, 0),
                point(2, "a", 1, 0, 0),
                point(id(-1L), "a", 1, 0, 0));
        ScrollPoints.Builder request =
                ScrollPoints.newBuilder().setCollectionName(NAME).setLimit(2);
        ScrollResponse first = stack.client().scrollAsync(request.build()).get();
        assertThat(first.getResultList()).extracting(RetrievedPoint::getId).containsExactly(id(2), id(300));
        assertThat(first.getResult(0).getPayloadMap()).isNotEmpty();
        ScrollResponse second = stack.client()
                .scrollAsync(request.setOffset(first.getNextPageOffset()).build())
                .get();
        assertThat(second.getResultList()).extracting(RetrievedPoint::getId).containsExactly(id(-1L), UUID_ID);
        assertThat(second.hasNextPageOffset()).isFalse();
    }

    @Test
    void answersABatchOfQueries() throws Exception {
        upsert(point(1, "a", 1, 0, 0), point(2, "b", 0, 1, 0));
        QueryPoints.Builder one =
                QueryPoints.newBuilder().setCollectionName(NAME).setLimit(1);
        assertThat(stack.client()
                        .queryBatchAsync(
                                NAME,
                                List.of(
                                        one.clone()
                                                .setQuery(nearest(1f, 0f, 0f))
                                                .build(),
                                        one.clone()
                                                .setQuery(nearest(0f, 1f, 0f))
                                                .build()))
                        .get())
                .extracting(result -> result.getResult(0).getId())
                .containsExactly(id(1), id(2));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private UpdateResult upsert(PointStruct... points) throws Exception {
        return stack.client().upsertAsync(NAME, List.of(points)).get();
    }

    private List<ScoredPoint> query(QueryPoints.Builder request) throws Exception {
        return stack.client()
                .queryAsync(request.setCollectionName(NAME).build())
                .get();
    }

    private RetrievedPoint get(PointId id) throws Exception {
        return stack.client()
                .retrieveAsync(NAME, List.of(id), true, false, null)
                .get()
                .getFirst();
    }

    private static List<Long> ids(List<ScoredPoint> points) {
        return points.stream().map(point -> point.getId().getNum()).toList();
    }

    private static PointStruct point(long number, String tool, float... vector) {
        return point(id(number), tool, vector);
    }

    private static PointStruct point(PointId id, String tool, float... vector) {
        return PointStruct.newBuilder()
                .setId(id)
                .putPayload("tool", value(tool))
                .putPayload("n", value(id.getNum()))
                .setVectors(vectors(vector))
                .build();
    }
}
