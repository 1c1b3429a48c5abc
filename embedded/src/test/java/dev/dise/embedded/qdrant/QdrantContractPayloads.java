package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.DeletePoints;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.PointStructList;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.SetPayload;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changing the payloads of points. */
abstract class QdrantContractPayloads extends QdrantContractTheme {

    private String name = "";

    @BeforeEach
    void fill() throws Exception {
        name = create(Distance.Dot, Modifier.Idf);
        Value meta = value(Map.of("owner", value("ann"), "runs", value(3)));
        upsert(
                name,
                point(id(1), vectors(1f, 2f), Map.of("tool", value("a"), "meta", meta)),
                point(id(2), vectors(2f, 1f), Map.of("tool", value("b"))));
    }

    @Test
    void setsKeysAndKeepsTheOthersAndTheVector() throws Exception {
        client().setPayloadAsync(name, Map.of("score", value(0.5)), id(1), true, null, null)
                .get();
        assertThat(payload(1)).containsOnlyKeys("tool", "meta", "score");
        assertThat(get(name, id(1)).getVectors().getVector().getDense().getDataList())
                .containsExactly(1f, 2f);
    }

    @Test
    void setsKeysInsideOfAnObject() throws Exception {
        client().setPayloadAsync(name, Map.of("runs", value(4)), only(id(1)), true, "meta", null, null)
                .get();
        assertThat(payload(1).get("meta")).isEqualTo(value(Map.of("owner", value("ann"), "runs", value(4))));
        assertThat(payload(1)).containsOnlyKeys("tool", "meta");
    }

    @Test
    void setsKeysOfThePointsThatAFilterMatches() throws Exception {
        client().setPayloadAsync(name, Map.of("seen", value(true)), must(matchKeyword("tool", "b")), true, null, null)
                .get();
        assertThat(payload(1)).doesNotContainKey("seen");
        assertThat(payload(2)).containsKey("seen");
    }

    @Test
    void overwritesThePayload() throws Exception {
        client().overwritePayloadAsync(name, Map.of("new", value(1)), id(1), true, null, null)
                .get();
        assertThat(payload(1)).containsOnlyKeys("new");
    }

    @Test
    void deletesKeysAlsoInsideOfAnObject() throws Exception {
        client().deletePayloadAsync(name, List.of("tool", "meta.owner", "absent"), id(1), true, null, null)
                .get();
        assertThat(payload(1)).containsOnlyKeys("meta").containsEntry("meta", value(Map.of("runs", value(3))));
    }

    @Test
    void clearsThePayload() throws Exception {
        client().clearPayloadAsync(name, id(1), true, null, null).get();
        assertThat(payload(1)).isEmpty();
        assertThat(payload(2)).isNotEmpty();
    }

    @Test
    void refusesAPointThatIsNotThere() throws Exception {
        assertThat(refusal(() -> client().setPayloadAsync(name, Map.of("x", value(1)), id(9), true, null, null)
                                .get())
                        .getCode())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void appliesABatchOfOperationsInOrder() throws Exception {
        PointsUpdateOperation upsert = PointsUpdateOperation.newBuilder()
                .setUpsert(PointStructList.newBuilder().addPoints(point(id(3), vectors(3f, 3f), Map.of())))
                .build();
        PointsUpdateOperation set = PointsUpdateOperation.newBuilder()
                .setSetPayload(
                        SetPayload.newBuilder().putPayload("late", value(true)).setPointsSelector(only(id(3))))
                .build();
        PointsUpdateOperation delete = PointsUpdateOperation.newBuilder()
                .setDeletePoints(DeletePoints.newBuilder().setPoints(only(id(1))))
                .build();
        assertThat(client().batchUpdateAsync(name, List.of(upsert, set, delete), true, null, null)
                        .get())
                .hasSize(3);
        assertThat(payload(3)).containsOnlyKeys("late");
        assertThat(client().countAsync(name).get()).isEqualTo(2);
    }

    @Test
    void answersOnlyThePartsAskedFor() throws Exception {
        QueryPoints.Builder request =
                QueryPoints.newBuilder().setQuery(nearest(1f, 2f)).setLimit(1);
        assertThat(query(name, request).getFirst().getPayloadMap()).isEmpty();
        request.setWithPayload(WithPayloadSelectorFactory.include(List.of("meta.runs")));
        assertThat(query(name, request).getFirst().getPayloadMap())
                .containsOnlyKeys("meta")
                .containsEntry("meta", value(Map.of("runs", value(3))));
        request.setWithPayload(WithPayloadSelectorFactory.exclude(List.of("meta")));
        assertThat(query(name, request).getFirst().getPayloadMap()).containsOnlyKeys("tool");
    }

    private Map<String, Value> payload(long number) throws Exception {
        return get(name, id(number)).getPayloadMap();
    }

    private static PointsSelector only(PointId id) {
        return PointsSelector.newBuilder()
                .setPoints(PointsIdsList.newBuilder().addIds(id))
                .build();
    }
}
