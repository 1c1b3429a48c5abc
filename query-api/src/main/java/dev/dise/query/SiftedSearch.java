package dev.dise.query;

import static io.qdrant.client.PointIdFactory.id;

import dev.dise.query.NearChunks.Near;
import dev.dise.query.NearChunks.Scores;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Searches until enough hits have passed a sieve: in rounds, each with four times the candidates of the one before, until
 * there are no more of them or {@value #MOST_CANDIDATES} were looked at. Every round ranks anew, so hits are in the order
 * in which a search without a sieve has them.
 */
final class SiftedSearch {
    /** The most chunks that a question looks at. */
    static final int MOST_CANDIDATES = 5_000;
    /** Chunks that are looked at, and more for each hit that is wanted: an artifact has several. */
    private static final int CANDIDATES = 100;

    private static final int CANDIDATES_PER_HIT = 4;
    private static final int GROWTH = 4;
    private static final int AT_ONCE = 200;
    private static final List<String> KEYS = List.of(ArtifactJson.ID, ArtifactJson.TYPE, ArtifactJson.TOOL);

    private final VectorStore store;
    private final Sieve sieve;
    /** By artifact; of one without a tool it is empty. */
    private final Map<UUID, Optional<String>> tools = new HashMap<>();

    /**
     * What was found.
     *
     * @param candidates artifacts that were ranked for it
     * @param isAll whether these were all that the filter allows
     */
    record Found(List<Scores> hits, int candidates, boolean isAll) {}

    SiftedSearch(VectorStore store, Sieve sieve) {
        this.store = store;
        this.sieve = sieve;
    }

    /** The best artifacts that pass, at most so many. */
    Found find(SearchVectors question, Filter filter, int limit, float least) throws StoreUnavailableException {
        int candidates = CANDIDATES + CANDIDATES_PER_HIT * limit;
        while (true) {
            Near near = new NearChunks(store).of(question, filter, candidates);
            List<Scores> ranked = near.artifacts().stream()
                    .filter(scores -> scores.relevance().score() >= least)
                    .toList();
            List<Scores> hits = passing(ranked, limit);
            boolean enough = hits.size() == limit || !sieve.isNarrowing();
            if (enough || near.isAll() || candidates == MOST_CANDIDATES) {
                return new Found(hits, ranked.size(), near.isAll());
            }
            candidates = Math.min(MOST_CANDIDATES, candidates * GROWTH);
        }
    }

    /** The tool that an artifact belongs to: the one that it names, or it is one itself. */
    static @Nullable String toolOf(Map<String, Value> payload) {
        String tool = text(payload, ArtifactJson.TOOL);
        if (!tool.isEmpty()) {
            return tool;
        }
        String artifact = text(payload, ArtifactJson.ID);
        return text(payload, ArtifactJson.TYPE).equals("tool") && !artifact.isEmpty() ? artifact : null;
    }

    private List<Scores> passing(List<Scores> ranked, int limit) throws StoreUnavailableException {
        if (!sieve.isNarrowing()) {
            return ranked.stream().limit(limit).toList();
        }
        List<Scores> hits = new ArrayList<>();
        for (int from = 0; from < ranked.size() && hits.size() < limit; from += AT_ONCE) {
            List<Scores> some = ranked.subList(from, Math.min(from + AT_ONCE, ranked.size()));
            learn(some);
            some.stream()
                    .filter(scores -> sieve.passes(tools.getOrDefault(scores.parent(), Optional.empty())
                            .orElse(null)))
                    .limit(limit - hits.size())
                    .forEach(hits::add);
        }
        return hits;
    }

    private void learn(List<Scores> some) throws StoreUnavailableException {
        List<PointId> unknown = some.stream()
                .map(Scores::parent)
                .filter(parent -> !tools.containsKey(parent))
                .map(parent -> id(parent))
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        store.payloads(unknown, KEYS)
                .forEach((point, payload) ->
                        tools.put(UUID.fromString(point.getUuid()), Optional.ofNullable(toolOf(payload))));
        Set<String> named = new HashSet<>();
        some.stream()
                .map(scores ->
                        tools.getOrDefault(scores.parent(), Optional.empty()).orElse(null))
                .filter(Objects::nonNull)
                .forEach(named::add);
        sieve.learn(named);
    }

    private static String text(Map<String, Value> payload, String key) {
        return payload.getOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }
}
