package dev.dise.embedded.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Collections and their second names. */
abstract class QdrantContractCollections extends QdrantContractTheme {

    @Test
    void describesTheVectorsThatWereAskedFor() throws Exception {
        String name = create(Distance.Cosine, Modifier.Idf);
        CollectionInfo info = client().getCollectionInfoAsync(name).get();
        CollectionParams params = info.getConfig().getParams();
        assertThat(params.getVectorsConfig().getParams().getSize()).isEqualTo(2);
        assertThat(params.getVectorsConfig().getParams().getDistance()).isEqualTo(Distance.Cosine);
        assertThat(params.getSparseVectorsConfig().getMapMap()).containsOnlyKeys("words");
        assertThat(params.getSparseVectorsConfig().getMapOrThrow("words").getModifier())
                .isEqualTo(Modifier.Idf);
    }

    @Test
    void remembersWhatIsSaidOfIt() throws Exception {
        String name = create(
                CreateCollection.newBuilder().putMetadata("model", value("a")).putMetadata("topic", value("t")));
        assertThat(metadata(name)).isEqualTo(Map.of("model", value("a"), "topic", value("t")));
        describe(name, Map.of("model", value("b"), "size", value(3)));
        assertThat(metadata(name)).isEqualTo(Map.of("model", value("b"), "topic", value("t"), "size", value(3)));
        describe(name, Map.of("topic", nullValue()));
        assertThat(metadata(name)).containsOnlyKeys("model", "size");
    }

    @Test
    void saysNothingOfItselfUnlessItIsTold() throws Exception {
        assertThat(metadata(create(Distance.Dot, Modifier.None))).isEmpty();
        assertThat(refusal(() -> describe(newName(), Map.of("a", value("b")))).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    private Map<String, Value> metadata(String name) throws Exception {
        return client().getCollectionInfoAsync(name).get().getConfig().getMetadataMap();
    }

    private boolean describe(String name, Map<String, Value> metadata) throws Exception {
        return client().updateCollectionAsync(UpdateCollection.newBuilder()
                        .setCollectionName(name)
                        .putAllMetadata(metadata)
                        .build())
                .get()
                .getResult();
    }

    @Test
    void describesNamedVectors() throws Exception {
        VectorParamsMap named = VectorParamsMap.newBuilder()
                .putMap("text", params(2, Distance.Dot))
                .putMap("code", params(3, Distance.Euclid))
                .build();
        String name = create(CreateCollection.newBuilder()
                .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(named)));
        Map<String, ?> described = client().getCollectionInfoAsync(name)
                .get()
                .getConfig()
                .getParams()
                .getVectorsConfig()
                .getParamsMap()
                .getMapMap();
        assertThat(described).containsOnlyKeys("text", "code");
    }

    @Test
    void holdsPointsWithoutAnyVectors() throws Exception {
        String sparseOnly = create(CreateCollection.newBuilder().setSparseVectorsConfig(words(Modifier.None)));
        String none = create(CreateCollection.newBuilder());
        for (String name : List.of(sparseOnly, none)) {
            upsert(name, point(id(1), noVectors(), Map.of("tool", value("a"))));
            assertThat(get(name, id(1)).getPayloadMap()).containsOnlyKeys("tool");
            assertThat(client().countAsync(name).get()).isEqualTo(1);
        }
    }

    @Test
    void existsUntilItIsDeleted() throws Exception {
        String name = create(Distance.Dot, Modifier.None);
        assertThat(client().listCollectionsAsync().get()).contains(name);
        assertThat(client().collectionExistsAsync(name).get()).isTrue();
        client().deleteCollectionAsync(name).get();
        assertThat(client().collectionExistsAsync(name).get()).isFalse();
        assertThat(client().listCollectionsAsync().get()).doesNotContain(name);
    }

    @Test
    void answersUnderAnAlias() throws Exception {
        String name = create(Distance.Dot, Modifier.None);
        String alias = newName();
        client().createAliasAsync(alias, name).get();
        upsert(alias, point(id(1), vectors(1f, 2f), Map.of()));
        assertThat(client().countAsync(name).get()).isEqualTo(1);
        assertThat(client().getCollectionInfoAsync(alias).get().getPointsCount())
                .isEqualTo(1);
        assertThat(client().listAliasesAsync().get())
                .extracting(AliasDescription::getAliasName, AliasDescription::getCollectionName)
                .contains(tuple(alias, name));
    }

    @Test
    void switchesAnAliasInOneRequest() throws Exception {
        String old = create(Distance.Dot, Modifier.None);
        String next = create(Distance.Dot, Modifier.None);
        String alias = newName();
        client().createAliasAsync(alias, old).get();
        upsert(next, point(id(1), vectors(1f, 2f), Map.of()));
        client().updateAliasesAsync(List.of(delete(alias), create(alias, next))).get();
        assertThat(client().countAsync(alias).get()).isEqualTo(1);
    }

    @Test
    void forgetsTheAliasesOfADeletedCollection() throws Exception {
        String name = create(Distance.Dot, Modifier.None);
        String alias = newName();
        String renamed = newName();
        client().createAliasAsync(alias, name).get();
        client().renameAliasAsync(alias, renamed).get();
        assertThat(client().listCollectionAliasesAsync(name).get()).containsExactly(renamed);
        client().deleteCollectionAsync(name).get();
        assertThat(client().listAliasesAsync().get())
                .extracting(AliasDescription::getAliasName)
                .doesNotContain(renamed);
    }

    @Test
    void remembersFieldIndexes() throws Exception {
        String name = create(Distance.Dot, Modifier.None);
        for (String field : List.of("tool", "gone")) {
            client().createPayloadIndexAsync(name, field, PayloadSchemaType.Keyword, null, true, null, null)
                    .get();
        }
        client().deletePayloadIndexAsync(name, "gone", true, null, null).get();
        assertThat(client().getCollectionInfoAsync(name).get().getPayloadSchemaMap())
                .containsOnlyKeys("tool")
                .hasEntrySatisfying(
                        "tool", schema -> assertThat(schema.getDataType()).isEqualTo(PayloadSchemaType.Keyword));
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
}
