package dev.dise.query;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.value;

import dev.dise.embedding.WordVector;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.PointStruct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Artifacts of one chunk each, to be put into a collection of their own. */
final class ArtifactPoints {
    private final List<PointStruct> points = new ArrayList<>();

    ArtifactPoints add(String type, String artifactId, String text, @Nullable String tool) {
        WordVector words = WordVector.ofText(text);
        PointStruct.Builder point = PointStruct.newBuilder()
                .setId(id(UUID.nameUUIDFromBytes(artifactId.getBytes(StandardCharsets.UTF_8))))
                .setVectors(VectorsFactory.namedVectors(Map.of(
                        "",
                        VectorFactory.vector(AxisModel.vectorOf(text)),
                        WordVector.NAME,
                        VectorFactory.vector(words.values(), words.indices()))))
                .putPayload("artifact_id", value(artifactId))
                .putPayload("artifact_type", value(type))
                .putPayload("name", value("the " + artifactId))
                .putPayload("content", value(text));
        if (tool != null) {
            point.putPayload("tool_id", value(tool));
        }
        points.add(point.build());
        return this;
    }

    void putInto(QueryStack stack) throws InterruptedException, ExecutionException {
        try (QdrantClient client = new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", stack.qdrant.port(), false)
                .build())) {
            client.createCollectionAsync(collection()).get();
            client.createAliasAsync("dise-artifacts", "dise-artifacts-g1").get();
            client.upsertAsync("dise-artifacts", points).get();
        }
    }

    /** As the sink makes it. */
    static CreateCollection collection() {
        return CreateCollection.newBuilder()
                .setCollectionName("dise-artifacts-g1")
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParams(VectorParams.newBuilder()
                                .setSize(AxisModel.DIMENSIONS)
                                .setDistance(Distance.Cosine)))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(
                                WordVector.NAME,
                                SparseVectorParams.newBuilder()
                                        .setModifier(Modifier.Idf)
                                        .build()))
                .build();
    }
}
