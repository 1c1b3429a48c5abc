package dev.dise.query;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedding.Embedders;
import dev.dise.embedding.ModelCard;
import dev.dise.embedding.WordVector;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.config.Secret;
import dev.dise.schemas.Json;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.PointStruct;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Readers are switched from one model to another and back while they ask. */
class SwitchedModelIT {
    private static final String ALIAS = "dise-artifacts";
    private static final String QUESTION = "/v1/artifacts/similar?text=parse%20a%20file&limit=10";

    @Test
    void noQuestionFailsOrFindsLessAndEachIsAskedByTheModelOfItsCollection(@TempDir Path folder) throws Exception {
        try (QueryStack stack = QueryStack.start(folder);
                QdrantClient client =
                        new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", stack.qdrant.port(), false)
                                .build())) {
            fill(client, "dise-artifacts-g1", 64);
            fill(client, "dise-artifacts-g2", 32);
            switchTo(client, "dise-artifacts-g1");
            await().until(() -> models(stack).equals(Set.of("hash-64")));
            AtomicBoolean stopping = new AtomicBoolean();
            Set<String> seen = new ConcurrentSkipListSet<>();
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                while (!stopping.get()) {
                    seen.addAll(models(stack));
                }
            });
            switchTo(client, "dise-artifacts-g2");
            await().atMost(Duration.ofSeconds(10)).until(() -> models(stack).equals(Set.of("hash-32")));
            switchTo(client, "dise-artifacts-g1");
            await().atMost(Duration.ofSeconds(10)).until(() -> models(stack).equals(Set.of("hash-64")));
            stopping.set(true);
            reader.join();
            assertThat(seen).containsExactly("hash-32", "hash-64");
        }
    }

    /** Of the hits, which are all that there are. */
    private static Set<String> models(QueryStack stack) {
        try {
            HttpResponse<String> answer = stack.raw(QUESTION);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode items = Json.mapper().readTree(answer.body()).path("items");
            Set<String> models = new ConcurrentSkipListSet<>();
            items.forEach(item -> models.add(item.path("embedding_model").asString("")));
            assertThat(items.size()).as(answer.body()).isIn(0, 3);
            assertThat(models).hasSizeLessThan(2);
            return models;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(QdrantClient client, String collection, int dimension) throws Exception {
        Embedding config =
                new Embedding(RagConfig.Provider.HASH, "", "", dimension, new Secret(""), Duration.ofSeconds(1));
        CreateCollection.Builder request = CreateCollection.newBuilder()
                .setCollectionName(collection)
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParams(VectorParams.newBuilder().setSize(dimension).setDistance(Distance.Cosine)))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(WordVector.NAME, SparseVectorParams.getDefaultInstance()));
        ModelCard.of(config).notes().forEach((key, text) -> request.putMetadata(key, value(text)));
        client.createCollectionAsync(request.build()).get();
        var model = Embedders.from(config);
        List<PointStruct> points = List.of("parse a file", "parse json", "sort a list").stream()
                .map(text -> PointStruct.newBuilder()
                        .setId(id(UUID.nameUUIDFromBytes(text.getBytes(UTF_8))))
                        .setVectors(namedVectors(Map.of(
                                "",
                                VectorFactory.vector(model.embed(text).content().vectorAsList()))))
                        .putAllPayload(Map.of("name", value(text), "embedding_model", value(model.modelName())))
                        .build())
                .toList();
        client.upsertAsync(collection, points).get();
    }

    private static void switchTo(QdrantClient client, String collection) throws Exception {
        client.updateAliasesAsync(List.of(
                        AliasOperations.newBuilder()
                                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(ALIAS))
                                .build(),
                        AliasOperations.newBuilder()
                                .setCreateAlias(CreateAlias.newBuilder()
                                        .setAliasName(ALIAS)
                                        .setCollectionName(collection))
                                .build()))
                .get();
    }
}
