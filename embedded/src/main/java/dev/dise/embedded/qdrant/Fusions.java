package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.Rrf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes one ranking of several, as Qdrant does. Of equal scores the earlier document comes first. */
final class Fusions {

    /** Qdrant's default; the literature's is 60. */
    private static final int DEFAULT_K = 2;

    private Fusions() {}

    static List<Hit> fuse(Query query, List<List<Hit>> rankings) {
        if (query.hasFusion() && query.getFusion() == Fusion.DBSF) {
            return sum(rankings.stream().map(Fusions::normalized).toList());
        }
        return byRank(query.getRrf(), rankings);
    }

    /** Reciprocal rank fusion: what counts is the place in each ranking. */
    private static List<Hit> byRank(Rrf rrf, List<List<Hit>> rankings) {
        if (rrf.hasK() && rrf.getK() == 0) {
            throw QdrantError.invalid("k: value 0 invalid, must be 1 or larger");
        }
        if (rrf.getWeightsCount() > 0 && rrf.getWeightsCount() != rankings.size()) {
            throw QdrantError.wrongInput("Validation failed: Number of weights in RRF should match number of"
                    + " pre-fetches: got " + rrf.getWeightsCount() + ", expected " + rankings.size());
        }
        long k = rrf.hasK() ? Integer.toUnsignedLong(rrf.getK()) : DEFAULT_K;
        return sum(IntStream.range(0, rankings.size())
                .mapToObj(i -> byRank(rankings.get(i), k, rrf.getWeightsCount() > 0 ? rrf.getWeights(i) : 1f))
                .toList());
    }

    /** The weight presses the ranks together: at weight three the third place counts as the first. */
    private static List<Hit> byRank(List<Hit> ranking, long k, float weight) {
        return IntStream.range(0, ranking.size())
                .mapToObj(rank ->
                        new Hit(ranking.get(rank).document(), weight <= 0 ? 0 : 1f / ((rank + 1) / weight + k - 1f)))
                .toList();
    }

    /** Distribution-based score fusion: scores within three standard deviations of their mean become 0 to 1. */
    private static List<Hit> normalized(List<Hit> ranking) {
        float mean = 0;
        float squares = 0;
        for (int i = 0; i < ranking.size(); i++) {
            float before = ranking.get(i).score() - mean;
            mean += before / (i + 1);
            squares += before * (ranking.get(i).score() - mean);
        }
        float deviation = ranking.size() < 2 ? 0 : (float) Math.sqrt(squares / (ranking.size() - 1f));
        float low = mean - 3 * deviation;
        float high = mean + 3 * deviation;
        return ranking.stream()
                .map(hit -> new Hit(hit.document(), low == high ? 0.5f : (hit.score() - low) / (high - low)))
                .toList();
    }

    private static List<Hit> sum(List<List<Hit>> rankings) {
        Map<Integer, Float> sums = new HashMap<>();
        rankings.forEach(ranking -> ranking.forEach(hit -> sums.merge(hit.document(), hit.score(), Float::sum)));
        return sums.entrySet().stream()
                .map(entry -> new Hit(entry.getKey(), entry.getValue()))
                .sorted(TopHits.bestFirst(false))
                .toList();
    }
}
