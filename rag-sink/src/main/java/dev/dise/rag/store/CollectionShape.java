package dev.dise.rag.store;

import dev.dise.embedding.WordVector;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import java.util.Map;

/** The vectors and indexes that every collection of ours has. */
public final class CollectionShape {
    /** The keys that questions filter by. */
    private static final Map<String, PayloadSchemaType> INDEXES = Map.of(
            "artifact_id", PayloadSchemaType.Keyword,
            "artifact_type", PayloadSchemaType.Keyword,
            "tags", PayloadSchemaType.Keyword,
            "tool_id", PayloadSchemaType.Keyword,
            "event_id", PayloadSchemaType.Keyword,
            "run_id", PayloadSchemaType.Keyword,
            "parent_id", PayloadSchemaType.Keyword,
            "chunk_index", PayloadSchemaType.Integer,
            "event_time", PayloadSchemaType.Datetime,
            "quality_score", PayloadSchemaType.Float);

    private CollectionShape() {}

    static CreateCollection.Builder request(String collection, int dimension) {
        return CreateCollection.newBuilder()
                .setCollectionName(collection)
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParams(VectorParams.newBuilder().setSize(dimension).setDistance(Distance.Cosine)))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(
                                WordVector.NAME,
                                SparseVectorParams.newBuilder()
                                        .setModifier(Modifier.Idf)
                                        .build()));
    }

    /** Makes the indexes that are missing: before the points, since Qdrant ties them into the graph as it grows. */
    public static void index(QdrantLink link, String collection) throws StoreUnavailableException {
        for (Map.Entry<String, PayloadSchemaType> index : INDEXES.entrySet()) {
            link.await(link.client()
                    .createPayloadIndexAsync(
                            collection, index.getKey(), index.getValue(), null, true, null, link.deadline()));
        }
    }

    /**
     * Looks whether vectors of this length can be written.
     *
     * @throws IllegalStateException if the collection's vectors are others than ours
     */
    public static void requireFit(QdrantLink link, String collection, int dimension) throws StoreUnavailableException {
        CollectionParams there = link.await(link.client().getCollectionInfoAsync(collection))
                .getConfig()
                .getParams();
        long size = there.getVectorsConfig().getParams().getSize();
        String remedy = ": go back to the former embedder, and change it with ./dise rebuild qdrant --model";
        if (size != dimension) {
            throw new IllegalStateException("the collection " + collection + " has vectors of " + size
                    + " dimensions but the embedder gives " + dimension + remedy);
        }
        if (!there.getSparseVectorsConfig().containsMap(WordVector.NAME)) {
            throw new IllegalStateException(
                    "the collection " + collection + " has no sparse vector " + WordVector.NAME + remedy);
        }
    }
}
