package dev.dise.rag;

import dev.dise.embedding.WordVector;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two vectors of a point: the dense one of its meaning has no name, so that DiSE's own search finds it; the sparse one
 * of its words is {@link WordVector#NAME}.
 */
final class PointVectors {
    /** The name that Qdrant itself has for the vector without a name. */
    private static final String MEANING = "";

    private PointVectors() {}

    /** Those of a text; none if the vector of its meaning is not sound. */
    static Vectors of(float[] meaning, String text) {
        if (!isSound(meaning)) {
            return none();
        }
        WordVector words = WordVector.ofText(text);
        Map<String, Vector> vectors = new HashMap<>();
        vectors.put(MEANING, VectorFactory.vector(meaning));
        if (!words.isEmpty()) {
            vectors.put(WordVector.NAME, VectorFactory.vector(words.values(), words.indices()));
        }
        return VectorsFactory.namedVectors(vectors);
    }

    /** Of a point that no search finds. */
    static Vectors none() {
        return VectorsFactory.namedVectors(Map.of());
    }

    /** Whether there are any. */
    static boolean areThere(Vectors vectors) {
        return vectors.getVectors().getVectorsCount() > 0;
    }

    /** The dense vector of a point; empty if it has none. */
    static float[] meaning(PointStruct point) {
        Vector vector = point.getVectors().hasVector()
                ? point.getVectors().getVector()
                : point.getVectors().getVectors().getVectorsMap().getOrDefault(MEANING, Vector.getDefaultInstance());
        List<Float> numbers = vector.getDense().getDataList();
        float[] meaning = new float[numbers.size()];
        for (int i = 0; i < meaning.length; i++) {
            meaning[i] = numbers.get(i);
        }
        return meaning;
    }

    /** Whether it has a direction: a vector of zeros, or of what is no number, has none. */
    static boolean isSound(float[] vector) {
        double length = 0;
        for (float x : vector) {
            length += (double) x * x;
        }
        return Double.isFinite(length) && length > 0;
    }
}
