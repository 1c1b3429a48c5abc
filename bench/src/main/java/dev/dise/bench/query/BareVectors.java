package dev.dise.bench.query;

import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.QueryFactory.rrf;

import dev.dise.embedding.WordVector;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.List;

/** The official client, asked as the service's users would ask it: both vectors of a text, fused. */
final class BareVectors implements AutoCloseable {
    /** As many as the service looks at for ten hits. */
    static final int CANDIDATES = 140;

    private static final int K = 60;

    private final QdrantClient client;
    private final EmbeddingModel model;
    private final String collection;

    BareVectors(int port, EmbeddingModel model, String collection) {
        this.client = new QdrantClient(
                QdrantGrpcClient.newBuilder("127.0.0.1", port, false).build());
        this.model = model;
        this.collection = collection;
    }

    /** The nearest of these types, with their payloads. */
    List<ScoredPoint> search(String text, List<String> types, int limit) throws Exception {
        Filter.Builder filter = Filter.newBuilder();
        if (!types.isEmpty()) {
            filter.addMust(ConditionFactory.matchKeywords("artifact_type", types));
        }
        WordVector words = WordVector.ofQuestion(text);
        QueryPoints query = QueryPoints.newBuilder()
                .setCollectionName(collection)
                .addPrefetch(PrefetchQuery.newBuilder()
                        .setQuery(nearest(model.embed(text).content().vectorAsList()))
                        .setFilter(filter)
                        .setLimit(CANDIDATES))
                .addPrefetch(PrefetchQuery.newBuilder()
                        .setQuery(nearest(words.values(), words.indices()))
                        .setUsing(WordVector.NAME)
                        .setFilter(filter)
                        .setLimit(CANDIDATES))
                .setQuery(rrf(Rrf.newBuilder().setK(K).build()))
                .setLimit(limit)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .build();
        return client.queryAsync(query).get();
    }

    /** The exact number of points of each type. */
    long count(String type) throws Exception {
        Filter filter = Filter.newBuilder()
                .addMust(ConditionFactory.matchKeyword("artifact_type", type))
                .addMust(ConditionFactory.match("chunk_index", 0))
                .build();
        return client.countAsync(collection, filter, true).get();
    }

    @Override
    public void close() {
        client.close();
    }
}
