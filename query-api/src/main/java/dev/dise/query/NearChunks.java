package dev.dise.query;

import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.QueryFactory.rrf;
import static io.qdrant.client.WithPayloadSelectorFactory.include;

import dev.dise.embedding.WordVector;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The chunks that are near a question by meaning or by words. Qdrant fuses both rankings by reciprocal rank into one list of
 * candidates; then it tells of these the exact scores, from which artifacts are ranked.
 */
record NearChunks(VectorStore store) {
    static final String PARENT = "parent_id";
    /** Of reciprocal rank fusion (Cormack et al., 2009); Qdrant's own is 2, with which the first few decide. */
    private static final int K = 60;

    /**
     * The scores of one artifact's chunks.
     *
     * @param parent the point that has the whole artifact
     * @param best the chunk that answers best
     */
    record Scores(UUID parent, PointId best, Relevance relevance) {}

    /**
     * What was found.
     *
     * @param artifacts the most relevant first
     * @param isAll whether there are no further candidates
     */
    record Near(List<Scores> artifacts, boolean isAll) {}

    /**
     * Artifacts with a chunk among the candidates.
     *
     * @param candidates how many chunks are looked at
     */
    Near of(SearchVectors question, Filter filter, int candidates) throws StoreUnavailableException {
        Map<PointId, UUID> parents = candidates(question, filter, candidates);
        if (parents.isEmpty()) {
            return new Near(List.of(), true);
        }
        Set<PointId> all = new LinkedHashSet<>(parents.keySet());
        parents.values().forEach(parent -> all.add(id(parent)));
        Map<PointId, Float> meanings = new HashMap<>();
        Map<PointId, Float> words = new HashMap<>();
        List<List<ScoredPoint>> exact = store.searchAll(exactly(question, all));
        exact.get(0).forEach(point -> meanings.put(point.getId(), point.getScore()));
        exact.stream().skip(1).flatMap(List::stream).forEach(point -> words.put(point.getId(), point.getScore()));
        Map<UUID, List<PointId>> artifacts = new LinkedHashMap<>();
        parents.forEach((chunk, parent) ->
                artifacts.computeIfAbsent(parent, p -> new ArrayList<>()).add(chunk));
        List<Scores> ranked = artifacts.entrySet().stream()
                .map(artifact -> scores(artifact.getKey(), artifact.getValue(), meanings, words, question))
                .sorted((a, b) ->
                        Float.compare(b.relevance().score(), a.relevance().score()))
                .toList();
        return new Near(ranked, parents.size() < candidates);
    }

    private static Scores scores(
            UUID parent,
            List<PointId> chunks,
            Map<PointId, Float> meanings,
            Map<PointId, Float> words,
            SearchVectors question) {
        float whole = meanings.getOrDefault(id(parent), 0f);
        float meaning = 0;
        float most = 0;
        PointId best = chunks.get(0);
        float bestScore = -1;
        for (PointId chunk : chunks) {
            float near = meanings.getOrDefault(chunk, 0f);
            float found = words.getOrDefault(chunk, 0f);
            float score = new Relevance(near, whole, found, question.wordCount()).score();
            if (score > bestScore) {
                best = chunk;
                bestScore = score;
            }
            meaning = Math.max(meaning, near);
            most = Math.max(most, found);
        }
        return new Scores(parent, best, new Relevance(meaning, whole, most, question.wordCount()));
    }

    /** Each with the point of its artifact, in the order of the fused ranking. */
    private Map<PointId, UUID> candidates(SearchVectors question, Filter filter, int count)
            throws StoreUnavailableException {
        QueryPoints.Builder query = QueryPoints.newBuilder()
                .addPrefetch(prefetch(nearest(question.meaning()), filter, count))
                .setQuery(rrf(Rrf.newBuilder().setK(K).build()))
                .setLimit(count)
                .setWithPayload(include(List.of(PARENT)));
        if (!question.words().isEmpty()) {
            query.addPrefetch(prefetch(byWords(question), filter, count).setUsing(WordVector.NAME));
        }
        Map<PointId, UUID> parents = new LinkedHashMap<>();
        for (ScoredPoint point : store.search(query)) {
            parents.put(point.getId(), parent(point));
        }
        return parents;
    }

    private static UUID parent(ScoredPoint point) {
        // What something else has written is an artifact of one chunk.
        return UUID.fromString(
                point.containsPayload(PARENT)
                        ? point.getPayloadOrThrow(PARENT).getStringValue()
                        : point.getId().getUuid());
    }

    private static PrefetchQuery.Builder prefetch(Query query, Filter filter, int count) {
        return PrefetchQuery.newBuilder().setQuery(query).setFilter(filter).setLimit(count);
    }

    private static List<QueryPoints.Builder> exactly(SearchVectors question, Set<PointId> points) {
        Filter these = Filter.newBuilder().addMust(hasId(List.copyOf(points))).build();
        List<QueryPoints.Builder> queries = new ArrayList<>();
        queries.add(QueryPoints.newBuilder().setQuery(nearest(question.meaning())));
        if (!question.words().isEmpty()) {
            queries.add(QueryPoints.newBuilder().setQuery(byWords(question)).setUsing(WordVector.NAME));
        }
        queries.forEach(query -> query.setFilter(these).setLimit(points.size()));
        return queries;
    }

    private static Query byWords(SearchVectors question) {
        return nearest(question.words().values(), question.words().indices());
    }
}
