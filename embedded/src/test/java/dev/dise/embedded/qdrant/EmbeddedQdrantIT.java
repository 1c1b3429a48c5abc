package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.geoRadius;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DiscoverPoints;
import io.qdrant.client.grpc.Points.Formula;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded server has beyond the contract: its directory, restarts, and names for what it leaves out. */
class EmbeddedQdrantIT {

    private static final String NAME = "plans-g1";
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
        UpdateResult first = upsert(id(1));
        assertThat(first.getStatus()).isEqualTo(UpdateStatus.Completed);
        stack = stack.restart();
        assertThat(upsert(id(2)).getOperationId()).isEqualTo(first.getOperationId() + 1);
    }

    @Test
    void keepsPointsAcrossARestart() throws Exception {
        upsert(id(1));
        upsert(UUID_ID);
        stack = stack.restart();
        assertThat(stack.client().countAsync(NAME).get()).isEqualTo(2);
        assertThat(stack.client()
                        .retrieveAsync(NAME, UUID_ID, true, false, null)
                        .get()
                        .getFirst()
                        .getPayloadMap())
                .containsEntry("tool", value("a"));
    }

    @Test
    void keepsCollectionsAliasesAndFieldIndexesAcrossARestart() throws Exception {
        stack.createCollection("ä b", 3);
        stack.client().createAliasAsync("plans", NAME).get();
        stack.client()
                .createPayloadIndexAsync(NAME, "tool", PayloadSchemaType.Keyword, null, true, null, null)
                .get();
        stack = stack.restart();
        assertThat(stack.client().listCollectionsAsync().get()).containsExactly(NAME, "ä b");
        assertThat(stack.client().listCollectionAliasesAsync(NAME).get()).containsExactly("plans");
        assertThat(stack.client().getCollectionInfoAsync("plans").get().getPayloadSchemaMap())
                .containsOnlyKeys("tool");
    }

    @Test
    void leavesNothingOfADeletedCollection() throws Exception {
        stack.client().deleteCollectionAsync(NAME).get();
        assertThat(directory.resolve("collections").toFile().list()).isEmpty();
    }

    @Test
    void holdsVectorsOfLargeModels() throws Exception {
        stack.createCollection("large", 3072);
        PointStruct point = PointStruct.newBuilder()
                .setId(id(1))
                .setVectors(vectors(new float[3072]))
                .build();
        stack.client().upsertAsync("large", List.of(point)).get();
        stack = stack.restart();
        assertThat(stack.client().countAsync("large").get()).isEqualTo(1);
    }

    @Test
    void refusesNumbersThatAreNone() throws Exception {
        PointStruct point = PointStruct.newBuilder()
                .setId(id(1))
                .setVectors(vectors(1f, Float.NaN, 3f))
                .build();
        Status status =
                statusOf(() -> stack.client().upsertAsync(NAME, List.of(point)).get());
        assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("NaN at position 1");
    }

    /** Qdrant may keep the part of a request that comes before what it refuses. */
    @Test
    void changesNothingWhereAnyPartIsRefused() throws Exception {
        stack.client().createAliasAsync("plans", NAME).get();
        AliasOperations delete = AliasOperations.newBuilder()
                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName("plans"))
                .build();
        AliasOperations create = AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setAliasName("plans").setCollectionName("absent"))
                .build();
        assertThat(statusOf(() -> stack.client()
                                .updateAliasesAsync(List.of(delete, create))
                                .get())
                        .getCode())
                .isEqualTo(Code.NOT_FOUND);
        PointStruct right = QdrantContractTheme.point(id(1), vectors(1f, 2f, 3f), Map.of());
        PointStruct wrong = QdrantContractTheme.point(id(2), vectors(1f, 2f), Map.of());
        assertThat(statusOf(() -> stack.client()
                                .upsertAsync("plans", List.of(right, wrong))
                                .get())
                        .getCode())
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(stack.client().countAsync("plans").get()).isZero();
    }

    @Test
    void namesWhatIsMissing() throws Exception {
        QueryPoints boosted = QueryPoints.newBuilder()
                .setCollectionName(NAME)
                .setQuery(Query.newBuilder().setFormula(Formula.getDefaultInstance()))
                .build();
        assertThat(statusOf(() -> stack.client().queryAsync(boosted).get()).getDescription())
                .contains("query.formula");
        Filter near = Filter.newBuilder().addMust(geoRadius("at", 1, 2, 3)).build();
        assertThat(statusOf(() -> stack.client().countAsync(NAME, near, true).get())
                        .getDescription())
                .contains("geo");
        Status unknownCall = statusOf(() -> stack.client()
                .discoverAsync(
                        DiscoverPoints.newBuilder().setCollectionName(NAME).build())
                .get());
        assertThat(unknownCall.getCode()).isEqualTo(Code.UNIMPLEMENTED);
        assertThat(unknownCall.getDescription()).contains("qdrant.Points/Discover");
    }

    @Test
    void refusesADirectoryInUse() {
        assertThatThrownBy(() -> EmbeddedQdrant.start(directory, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by the Qdrant of process");
    }

    private UpdateResult upsert(PointId id) throws Exception {
        PointStruct point = PointStruct.newBuilder()
                .setId(id)
                .setVectors(vectors(1f, 2f, 3f))
                .putPayload("tool", value("a"))
                .build();
        return stack.client().upsertAsync(NAME, List.of(point)).get();
    }

    private static Status statusOf(Callable<?> call) {
        try {
            call.call();
            return Status.OK;
        } catch (Exception e) {
            return Status.fromThrowable(e);
        }
    }
}
