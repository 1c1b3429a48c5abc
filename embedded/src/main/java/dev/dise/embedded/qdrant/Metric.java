package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.Distance;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;

/** How near two vectors are, in Qdrant's numbers; Lucene ranks in the same order with numbers of its own. */
enum Metric {
    /** Vectors are brought to length one when they come in, as Qdrant does, so that their product is the cosine. */
    COSINE(VectorSimilarityFunction.DOT_PRODUCT),
    DOT(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT),
    /** The one whose scores are distances: small is near. */
    EUCLID(VectorSimilarityFunction.EUCLIDEAN);

    private final VectorSimilarityFunction similarity;

    Metric(VectorSimilarityFunction similarity) {
        this.similarity = similarity;
    }

    static Metric of(Distance distance) {
        return switch (distance) {
            case Cosine -> COSINE;
            case Dot -> DOT;
            case Euclid -> EUCLID;
            case Manhattan -> throw QdrantError.missing("the distance Manhattan");
            case UnknownDistance, UNRECOGNIZED -> throw QdrantError.wrongInput("the distance is missing or unknown");
        };
    }

    VectorSimilarityFunction similarity() {
        return similarity;
    }

    /** The vector as it is stored and compared. */
    float[] prepare(float[] vector) {
        // A vector of zeros has no direction; Qdrant keeps it as it is.
        return this == COSINE ? VectorUtil.l2normalize(vector.clone(), false) : vector;
    }

    /** The score of two prepared vectors. */
    float score(float[] a, float[] b) {
        return this == EUCLID ? (float) Math.sqrt(VectorUtil.squareDistance(a, b)) : VectorUtil.dotProduct(a, b);
    }

    /** Whether small scores are near. */
    boolean isDistance() {
        return this == EUCLID;
    }

    boolean isNearEnough(float score, float threshold) {
        return this == EUCLID ? score <= threshold : score >= threshold;
    }
}
