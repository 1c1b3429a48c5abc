package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.OrderValue;
import org.jspecify.annotations.Nullable;

/**
 * A point that a query found.
 *
 * @param document where it is in the snapshot that was asked
 * @param order the value it was ordered by, if it was ordered by a field
 */
record Hit(int document, float score, @Nullable OrderValue order) {

    /** What Qdrant gives to points that were not compared with anything. */
    private static final float NO_SCORE = 1f;

    Hit(int document, float score) {
        this(document, score, null);
    }

    static Hit unscored(int document) {
        return new Hit(document, NO_SCORE);
    }

    static Hit ordered(int document, OrderValue order) {
        return new Hit(document, NO_SCORE, order);
    }
}
