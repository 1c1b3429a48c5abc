package dev.dise.embedded.qdrant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the best of the points it is offered. Of equal scores the earlier document is the better one. */
final class TopHits {

    private final int limit;
    private final boolean smallIsNear;
    private final PriorityQueue<Hit> worstFirst;

    TopHits(int limit, boolean smallIsNear) {
        this.limit = limit;
        this.smallIsNear = smallIsNear;
        this.worstFirst = new PriorityQueue<>(bestFirst(smallIsNear).reversed());
    }

    static Comparator<Hit> bestFirst(boolean smallIsNear) {
        Comparator<Hit> byScore = (a, b) -> Float.compare(a.score(), b.score());
        return (smallIsNear ? byScore : byScore.reversed()).thenComparingInt(Hit::document);
    }

    void offer(int document, float score) {
        if (worstFirst.size() < limit) {
            worstFirst.add(new Hit(document, score));
        } else if (isBetterThanWorst(score)) {
            worstFirst.poll();
            worstFirst.add(new Hit(document, score));
        }
    }

    /** Documents come in order, so that one of the same score as the worst is worse. */
    private boolean isBetterThanWorst(float score) {
        Hit worst = worstFirst.peek();
        return worst != null && (smallIsNear ? score < worst.score() : score > worst.score());
    }

    List<Hit> best() {
        List<Hit> hits = new ArrayList<>(worstFirst);
        hits.sort(bestFirst(smallIsNear));
        return hits;
    }
}
