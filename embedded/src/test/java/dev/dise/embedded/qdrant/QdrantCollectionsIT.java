package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.geoRadius;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DiscoverPoints;
import io.qdrant.client.grpc.Points.Formula;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections, aliases and refusals, as the official client sees them. */
class QdrantCollectionsIT {

    @TempDir
    Path directory;

    private QdrantStack stack;

    @BeforeEach
    void start() {
        stack = QdrantStack.start(directory);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void createsDescribesAndDeletesCollections() throws Exception {
        stack.createCollection("a-g1", 384);
        stack.createCollection("ä b", 3);
        stack = stack.restart();
        assertThat(stack.client().listCollectionsAsync().get()).containsExactly("a-g1", "ä b");
        CollectionInfo info = stack.client().getCollectionInfoAsync("a-g1").get();
        assertThat(info.getConfig().getParams().getVectorsConfig().getParams().getSize())
                .isEqualTo(384);
        assertThat(info.getPointsCount()).isZero();
        stack.client().deleteCollectionAsync("a-g1").get();
        assertThat(stack.client().collectionExistsAsync("a-g1").get()).isFalse();
        assertThat(directory.resolve("collections").toFile().list()).hasSize(1);
    }

    @Test
    void servesEveryCallUnderAnAlias() throws Exception {
        stack.createCollection("plans-g1", 2);
        stack.client().createAliasAsync("plans", "plans-g1").get();
        upsert("plans", id(1));
        stack = stack.restart();
        assertThat(stack.client().countAsync("plans").get()).isEqualTo(1);
        assertThat(stack.client().collectionExistsAsync("plans").get()).isTrue();
        assertThat(stack.client().getCollectionInfoAsync("plans").get().getPointsCount())
                .isEqualTo(1);
        assertThat(stack.client().listAliasesAsync().get())
                .extracting(AliasDescription::getAliasName, AliasDescription::getCollectionName)
                .containsExactly(tuple("plans", "plans-g1"));
    }

    @Test
    void switchesAnAliasInOneStepOrNotAtAll() throws Exception {
        stack.createCollection("plans-g1", 2);
        stack.createCollection("plans-g2", 2);
        stack.client().createAliasAsync("plans", "plans-g1").get();
        upsert("plans-g2", id(1));
        changeAliases(delete("plans"), create("plans", "plans-g2"));
        assertThat(stack.client().countAsync("plans").get()).isEqualTo(1);
        assertThat(codeOf(() -> changeAliases(delete("plans"), create("plans", "plans-g3"))))
                .isEqualTo(Code.NOT_FOUND);
        assertThat(stack.client().countAsync("plans").get()).isEqualTo(1);
        stack.client().renameAliasAsync("plans", "drafts").get();
        assertThat(stack.client().listCollectionAliasesAsync("plans-g2").get()).containsExactly("drafts");
        stack.client().deleteCollectionAsync("plans-g2").get();
        assertThat(stack.client().listAliasesAsync().get()).isEmpty();
    }

    @Test
    void remembersFieldIndexes() throws Exception {
        stack.createCollection("plans", 2);
        stack.client()
                .createPayloadIndexAsync("plans", "tool", PayloadSchemaType.Keyword, null, true, null, null)
                .get();
        stack.client()
                .createPayloadIndexAsync("plans", "n", PayloadSchemaType.Integer, null, true, null, null)
                .get();
        stack.client().deletePayloadIndexAsync("plans", "n", true, null, null).get();
        stack = stack.restart();
        assertThat(stack.client().getCollectionInfoAsync("plans").get().getPayloadSchemaMap())
                .containsOnlyKeys("tool")
                .hasEntrySatisfying(
                        "tool", schema -> assertThat(schema.getDataType()).isEqualTo(PayloadSchemaType.Keyword));
    }

    @Test
    void searchesByDotProductAndByDistance() throws Exception {
        for (Distance distance : List.of(Distance.Dot, Distance.Euclid)) {
            VectorParams params =
                    VectorParams.newBuilder().setSize(2).setDistance(distance).build();
            stack.client().createCollectionAsync(distance.name(), params).get();
            upsert(distance.name(), id(1));
            QueryPoints query = QueryPoints.newBuilder()
                    .setCollectionName(distance.name())
                    .setQuery(nearest(4f, 6f))
                    .build();
            float expected = distance == Distance.Dot ? 16f : 5f;
            assertThat(stack.client().queryAsync(query).get().getFirst().getScore())
                    .isEqualTo(expected);
        }
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
    void refusesAsQdrantDoes() throws Exception {
        stack.createCollection("plans", 2);
        assertThat(statusOf(() -> stack.client().countAsync("x").get()))
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(Code.NOT_FOUND, "Not found: Collection `x` doesn't exist!");
        assertThat(codeOf(() -> {
                    stack.createCollection("plans", 2);
                    return true;
                }))
                .isEqualTo(Code.ALREADY_EXISTS);
        PointStruct point = PointStruct.newBuilder()
                .setId(id(1))
                .setVectors(vectors(1f, 2f, 3f))
                .build();
        assertThat(statusOf(() ->
                        stack.client().upsertAsync("plans", List.of(point)).get()))
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(Code.INVALID_ARGUMENT, "Wrong input: Vector dimension error: expected dim: 2, got 3");
        assertThat(codeOf(() ->
                        upsert("plans", PointId.newBuilder().setUuid("no uuid").build())))
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(stack.client().countAsync("plans").get()).isZero();
    }

    @Test
    void namesWhatIsMissing() throws Exception {
        stack.createCollection("plans", 2);
        QueryPoints boosted = QueryPoints.newBuilder()
                .setCollectionName("plans")
                .setQuery(Query.newBuilder().setFormula(Formula.getDefaultInstance()))
                .build();
        assertThat(statusOf(() -> stack.client().queryAsync(boosted).get()).getDescription())
                .contains("query.formula");
        Filter near = Filter.newBuilder().addMust(geoRadius("at", 1, 2, 3)).build();
        assertThat(statusOf(() -> stack.client().countAsync("plans", near, true).get())
                        .getDescription())
                .contains("geo");
        Status unknownCall = statusOf(() -> stack.client()
                .discoverAsync(
                        DiscoverPoints.newBuilder().setCollectionName("plans").build())
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

    private boolean upsert(String collection, PointId id) throws Exception {
        PointStruct point = PointStruct.newBuilder()
                .setId(id)
                .setVectors(vectors(1f, 2f))
                .putAllPayload(Map.of("tool", value("a")))
                .build();
        stack.client().upsertAsync(collection, List.of(point)).get();
        return true;
    }

    /** The Java client sends one action per call; the contract takes many. */
    private boolean changeAliases(AliasOperations... actions) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", stack.server().port())
                .usePlaintext()
                .build();
        try {
            return CollectionsGrpc.newBlockingStub(channel)
                    .updateAliases(ChangeAliases.newBuilder()
                            .addAllActions(List.of(actions))
                            .build())
                    .getResult();
        } finally {
            channel.shutdownNow();
        }
    }

    private static AliasOperations create(String alias, String collection) {
        return AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setAliasName(alias).setCollectionName(collection))
                .build();
    }

    private static AliasOperations delete(String alias) {
        return AliasOperations.newBuilder()
                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias))
                .build();
    }

    private static Code codeOf(Callable<?> call) {
        return statusOf(call).getCode();
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
