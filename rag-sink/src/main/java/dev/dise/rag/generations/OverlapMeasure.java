package dev.dise.rag.generations;

import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.WithPayloadSelectorFactory.include;

import dev.dise.embedding.EmbedderErrors;
import dev.dise.embedding.Models;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks two generations the same, each through its own model. */
record OverlapMeasure(QdrantLink link, Models models) {
    private static final int FIRST = 10;
    /** Chunks that are looked at for ten artifacts. */
    private static final int CHUNKS = 100;

    private static final int USUAL_QUERIES = 50;
    private static final String PARENT = "parent_id";
    private static final String NAME = "name";

    /** Queries that nobody had to write down: the names of some stored artifacts. */
    List<String> usualQueries(Generation generation) {
        ScrollPoints request = ScrollPoints.newBuilder()
                .setCollectionName(generation.collection())
                .setFilter(Filter.newBuilder().addMust(match("chunk_index", 0)))
                .setLimit(USUAL_QUERIES)
                .setWithPayload(include(List.of(NAME)))
                .build();
        return Patiently.call(() -> link.await(link.client().scrollAsync(request))).getResultList().stream()
                .map(point -> point.getPayloadOrThrow(NAME).getStringValue())
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
    }

    Overlap of(Generation one, Generation other, List<String> queries) {
        double sum = 0;
        int asked = 0;
        for (String query : queries) {
            Set<String> ones = first(one, query);
            Set<String> others = first(other, query);
            int most = Math.max(ones.size(), others.size());
            if (most > 0) {
                Set<String> common = new HashSet<>(ones);
                common.retainAll(others);
                sum += (double) common.size() / most;
                asked++;
            }
        }
        return new Overlap(asked == 0 ? 1 : sum / asked, asked);
    }

    private Set<String> first(Generation generation, String query) {
        List<Float> vector = Patiently.call(() -> vector(generation, query));
        QueryPoints request = QueryPoints.newBuilder()
                .setCollectionName(generation.collection())
                .setQuery(nearest(vector))
                .setLimit(CHUNKS)
                .setWithPayload(include(List.of(PARENT)))
                .build();
        Set<String> artifacts = new LinkedHashSet<>();
        for (ScoredPoint point : Patiently.call(() -> link.await(link.client().queryAsync(request)))) {
            if (artifacts.size() < FIRST) {
                artifacts.add(
                        point.containsPayload(PARENT)
                                ? point.getPayloadOrThrow(PARENT).getStringValue()
                                : point.getId().getUuid());
            }
        }
        return artifacts;
    }

    private List<Float> vector(Generation generation, String query) throws StoreUnavailableException {
        try {
            return models.of(generation.model()).embed(query).content().vectorAsList();
        } catch (RuntimeException e) {
            throw EmbedderErrors.sorted(e);
        }
    }
}
